import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadingMarkup, ranFlag } from '../helpers/loadingMarkup.ts'
import { storeConversations } from '../helpers/storeConversations.ts'
import { ask, dropFiles, goTo, waitForState } from './driver.ts'
import { launchApp, shell, skipReason, type LaunchedApp } from './launch.ts'
import { loadingTurns } from './loadingAnswers.ts'
import { commonSentence, writeLoadingFiles } from './loadingFiles.ts'
import {
  startHitServer,
  watchSideEffects,
  type HitServer,
  type SideEffects,
} from './sideEffects.ts'
import { useKnownModel } from './useKnownModel.ts'

/** Tall enough that nothing is left out for not being visible. */
const tall = { width: 1280, height: 3000 }

/** Elements that could load, run or lead away; the window itself has none of them. */
const forbidden =
  'a, area, iframe, frame, object, embed, form, img, picture, video, audio, source, track, base, math, [ping], [onerror], [onload], [srcset], [background]'

function turnAt(page: Page, index: number): Locator {
  return page.locator(`[data-index="${String(index)}"]`).getByRole('article')
}

describe.skipIf(skipReason !== null)('documents and answers load and run nothing', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'penknife-e2e-'))
  const folder = path.join(dataDir, 'loading')
  let server: HitServer
  let app: LaunchedApp
  let effects: SideEffects

  beforeAll(async () => {
    server = await startHitServer()
    const markup = loadingMarkup(server.address)
    await useKnownModel(dataDir)
    await storeConversations(dataDir, [
      { title: markup.markdown.image ?? '', template: null, turns: loadingTurns(markup) },
    ])
    mkdirSync(folder)
    app = await launchApp({ dataDir, context: { viewport: tall } })
    await app.page.getByRole('navigation', { name: 'Places' }).waitFor()
    effects = await watchSideEffects(app.page)
  })
  afterAll(async () => {
    await app.close()
    await server[Symbol.asyncDispose]()
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function expectNothingHappened(): Promise<void> {
    expect(server.hits).toEqual([])
    expect(effects.seen).toEqual([])
    expect(await effects.refused()).toEqual([])
    expect(await effects.ran()).toBe(false)
    expect(app.pageErrors).toEqual([])
  }

  /** What is shown is text: no element of it, and a click on an address leads nowhere. */
  async function expectText(shown: Locator): Promise<void> {
    await shown.getByText(server.address).first().waitFor()
    expect(await shown.locator(forbidden).count()).toBe(0)
    for (const button of ['left', 'middle'] as const) {
      await shown
        .getByText(server.address)
        .first()
        .click({ button, position: { x: 5, y: 5 } })
    }
  }

  test('documents of every kind: in the list, in the viewer and as what a search finds', async () => {
    const { page } = app
    const files = writeLoadingFiles(folder, loadingMarkup(server.address), server.address)
    await dropFiles(page, files)
    await goTo(page, 'Library')
    // The mail has a part that is elsewhere, which is told and never fetched.
    for (const file of files) await waitForState(page, path.basename(file), /Indexed|Partly read/)
    for (const file of files) {
      const row = page.getByRole('row').filter({ hasText: path.basename(file) })
      await row.click()
      await page.getByRole('complementary', { name: 'Details' }).getByText('Passages').waitFor()
      await row.dblclick()
      const sheet = page.getByRole('dialog')
      await sheet.locator('.viewer-scroller').waitFor()
      const pages = sheet.getByRole('radio', { name: 'Text' })
      if (file.endsWith('.pdf')) {
        await sheet.locator('canvas').first().waitFor()
        await sheet.locator('.viewer-scroller').click({ position: { x: 200, y: 200 } })
        await pages.click()
      }
      await expectText(sheet.locator('.viewer-scroller'))
      await page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
    }
    await page.getByRole('searchbox', { name: 'Filter by name or text' }).fill('onerror')
    await page.getByText('onerror=').first().waitFor()
    await page.getByRole('searchbox', { name: 'Filter by name or text' }).fill('')
    await expectNothingHappened()
  })

  test('an answer that quotes them, with its citation, sources and prompt', async () => {
    const { page } = app
    await goTo(page, 'Ask')
    const turn = await ask(page, 'When does the quay of the otters close?')
    await turn.getByText(commonSentence).first().waitFor()
    const citation = turn.getByRole('button', { name: /^Citation/ }).first()
    await citation.hover()
    await page.locator('.pk-hover-card').waitFor()
    await citation.click()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await expectText(inspector.locator('.viewer-scroller'))
    for (const tab of ['Sources', 'Prompt']) {
      await inspector.getByRole('tab', { name: tab }).click()
      await inspector.getByText(commonSentence).first().waitFor()
      expect(await inspector.locator(forbidden).count()).toBe(0)
    }
    await expectNothingHappened()
  })

  test('stored answers of every form, with their citations, sources and prompts', async () => {
    const { page } = app
    const conversations = page.getByRole('region', { name: 'Conversations' })
    await conversations.getByText('![pixel](').first().click()
    const total = loadingTurns(loadingMarkup(server.address)).length
    await turnAt(page, total - 1).waitFor()
    await page.getByRole('log').press('Home')
    for (let index = 0; index < total; index += 1) {
      const turn = turnAt(page, index)
      await turn.scrollIntoViewIfNeeded()
      await expectText(turn)
      const citation = turn.locator('.pk-cite').first()
      if ((await citation.count()) > 0) {
        await citation.hover()
        await page.locator('.pk-hover-card').waitFor()
      }
      await turn.getByRole('button', { name: /\d m?s$/u }).click()
      const inspector = page.getByRole('complementary', { name: 'Inspector' })
      for (const tab of ['Sources', 'Prompt']) {
        await inspector.getByRole('tab', { name: tab }).click()
        expect(await page.locator('#root').locator(forbidden).count()).toBe(0)
      }
    }
    await expectNothingHappened()
  })

  test.runIf(shell === 'browser')(
    'the same markup does load and run in a page that shows it',
    async () => {
      const { html } = loadingMarkup(server.address)
      const browser = app.page.context().browser()
      const other = await browser?.newPage()
      const before = await effects.refused()
      // In the window the policy refuses what sanitising would miss, and the watch notices.
      await app.page.evaluate((markup) => {
        document.body.insertAdjacentHTML('beforeend', `<div id="probe">${markup}</div>`)
        document.getElementById('probe')?.remove()
      }, html.image ?? '')
      await expect.poll(() => effects.refused()).not.toEqual(before)
      await other?.setContent(`${html.image ?? ''}${html.handlers ?? ''}`)
      await expect.poll(() => server.hits.length).toBeGreaterThan(1)
      expect(await other?.evaluate((flag) => flag in globalThis, ranFlag)).toBe(true)
      await other?.close()
    },
  )
})
