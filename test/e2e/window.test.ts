import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  answered,
  ask,
  dropFiles,
  expectAccessible,
  goTo,
  hasFocus,
  sampleFile,
  waitForState,
} from './driver.ts'
import { launchApp, skipReason, type LaunchedApp } from './launch.ts'
import { useKnownModel } from './useKnownModel.ts'

const question = 'How many days of leave can be carried over?'

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Shift+Tab')
    if (await hasFocus(wanted)) return
  }
  throw new Error('The keyboard does not get there.')
}

describe.skipIf(skipReason !== null)('the window', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'penknife-e2e-'))
  let app: LaunchedApp

  beforeAll(async () => {
    await useKnownModel(dataDir)
    app = await launchApp({
      dataDir,
      context: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
    })
    app.page.setDefaultTimeout(15_000)
    await dropFiles(app.page, ['leave-policy.pdf', 'insurance.txt'].map(sampleFile))
    await goTo(app.page, 'Library')
    await waitForState(app.page, 'leave-policy.pdf', 'Indexed')
    await waitForState(app.page, 'insurance.txt', 'Indexed')
  })
  afterAll(async () => {
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('the library is filtered by what its documents say, and opens at the words', async () => {
    const { page } = app
    await page.getByRole('searchbox', { name: 'Filter by name or text' }).fill('brass line')
    const row = page.getByRole('row').filter({ hasText: 'insurance.txt' })
    await row.getByText('which is the brass line by the beach door').waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    await expectAccessible(page)
    await row.dblclick()
    const mark = page.locator('mark.viewer-mark').first()
    await mark.waitFor()
    expect(await mark.innerText()).toContain('the sea is covered only up to')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('a question is asked, its citation opened and left again by keyboard alone', async () => {
    const { page } = app
    await page.keyboard.press('Alt+1')
    await page.getByRole('textbox', { name: 'Your question' }).focus()
    await page.keyboard.type(question)
    await page.keyboard.press('Enter')
    const turn = await answered(page, question)
    const citation = turn.getByRole('button', { name: /^Citation 1: leave-policy\.pdf/ }).first()
    await tabTo(page, citation)
    await page.locator('.pk-hover-card').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.viewer-box.is-highlight').first().waitFor()
    await page.locator('.pk-hover-card').waitFor({ state: 'detached' })
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    // From the citation itself, and from inside the document.
    await page.keyboard.press('Escape')
    await inspector.waitFor({ state: 'detached' })
    expect(await hasFocus(citation)).toBe(true)
    await page.keyboard.press('Enter')
    // A focus set before the page is drawn may be lost.
    await page.locator('.viewer-box.is-highlight').first().waitFor()
    await page.locator('.viewer-scroller').focus()
    await page.keyboard.press('Escape')
    await inspector.waitFor({ state: 'detached' })
    expect(await hasFocus(citation)).toBe(true)
    await page.keyboard.press('Control+i')
    await inspector.waitFor()
    await page.keyboard.press('Control+i')
    await inspector.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('library')
    await page.keyboard.press('Enter')
    await page.getByRole('grid', { name: 'Documents' }).waitFor()
    await page.keyboard.press('Alt+1')
  })

  test('the card of a citation closes on a click, although the pointer has not moved', async () => {
    const { page } = app
    const citation = page.getByRole('button', { name: /^Citation 1: leave-policy\.pdf/ }).first()
    const card = page.locator('.pk-hover-card')
    await page.mouse.move(600, 600)
    await citation.hover()
    await card.waitFor()
    await page.mouse.down()
    await page.mouse.up()
    await card.waitFor({ state: 'detached' })
    await page.waitForTimeout(400)
    expect(await card.count()).toBe(0)
    // Also before it had time to open, with the citation moving away from the pointer.
    await page.keyboard.press('Escape')
    await page.mouse.move(600, 600)
    await citation.click()
    await page.getByRole('complementary', { name: 'Inspector' }).waitFor()
    await page.waitForTimeout(600)
    expect(await card.count()).toBe(0)
  })

  test('pointing at a part of the token bar highlights its text in the exact prompt', async () => {
    const { page } = app
    await page.getByRole('tab', { name: 'Prompt' }).click()
    await page.getByRole('button', { name: /^key sentences/ }).click()
    const lit = page.locator('.pk-prompt-part.is-lit')
    expect((await lit.allInnerTexts()).join('')).toMatch(/^“.*carried over.*” \[1\]/su)
    expect(await lit.first().isVisible()).toBe(true)
    await expectAccessible(page)
  })

  test('the next start restores the widths and the rail', async () => {
    const { page } = app
    const separator = await page.getByRole('separator').boundingBox()
    if (separator === null) throw new Error('There is nothing to drag.')
    await page.mouse.move(separator.x + separator.width / 2, 400)
    await page.mouse.down()
    await page.mouse.move(separator.x - 80, 400, { steps: 4 })
    await page.mouse.up()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    const wide = (await inspector.boundingBox())?.width ?? 0
    await page.getByRole('button', { name: 'Narrow the rail' }).click()
    await page.getByRole('button', { name: 'Widen the rail' }).waitFor()
    await app.close()

    app = await launchApp({
      dataDir,
      context: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
    })
    await app.page.getByRole('button', { name: 'Widen the rail' }).waitFor()
    const turn = await ask(app.page, question)
    await turn.getByRole('button', { name: 'Not right?' }).click()
    const again = app.page.getByRole('complementary', { name: 'Inspector' })
    expect((await again.boundingBox())?.width).toBeCloseTo(wide, -1)
    await expectAccessible(app.page)
  })
})
