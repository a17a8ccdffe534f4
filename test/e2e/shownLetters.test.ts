import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openContentStore } from '../../src/main/documents/store/contentStore.ts'
import { createPaths } from '../../src/main/disk/paths.ts'
import { keptLetters, lettersOf, lostSigns, marksOfForm } from '../helpers/answerLetters.ts'
import { answerWithMarks } from '../helpers/markedText.ts'
import { storeConversations } from '../helpers/storeConversations.ts'
import { storeRun } from '../helpers/storeRun.ts'
import { labelTemplate } from '../helpers/templates.ts'
import { dropFiles, goTo, waitForState } from './driver.ts'
import { markedTurns, type AskedText } from './markedTurns.ts'
import { launchApp, shell, skipReason, type LaunchedApp } from './launch.ts'
import { readItems, type ShownText } from './shownTexts.ts'
import { useKnownModel } from './useKnownModel.ts'

/** Random texts; each is shown as a written answer and as a quotation. */
const rounds = Number(process.env.PENKNIFE_ANSWERS ?? '150')
const seed = Number(process.env.PENKNIFE_SEED ?? Date.now() % 1_000_000_000)
const perConversation = 150

const texts = fc.sample(answerWithMarks, { numRuns: rounds, seed })
/** Each is a conversation of its own. */
const parts = Array.from({ length: Math.ceil(rounds / perConversation) }, (_, index) =>
  texts
    .map((text, at) => markedTurns(text, at))
    .slice(index * perConversation, (index + 1) * perConversation)
    .flat(),
)

/** Rows of a run, each with another text as its answer. */
const answered = texts.slice(0, 40).map((text, at) => ({
  id: `r${String(at)}`,
  values: { INPUT: text },
  expected: texts.at(-1 - at) ?? '',
  included: null,
  reply: texts.at(at + 1) ?? '',
}))

const withoutBlanks = (text: string): string => text.replace(/\s/gu, '')

describe.skipIf(skipReason !== null)(`the letters on the screen, seed ${String(seed)}`, () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'penknife-e2e-'))
  const files = ['letters.txt', 'letters.md', 'letters.csv'].map((name) => path.join(dataDir, name))
  let app: LaunchedApp

  beforeAll(async () => {
    await useKnownModel(dataDir)
    const conversations = parts.map((asked, index) => ({
      title: titleOf(index),
      template: null,
      turns: asked.map(({ turn }) => turn),
    }))
    await storeConversations(dataDir, conversations)
    await storeRun(dataDir, labelTemplate({ name: 'Sayings', format: { kind: 'text' } }), answered)
    const some = texts.slice(0, 60)
    const table = some.map((text) => ['cell', text].map(quoted).join(',')).join('\n')
    const contents = [some.join('\n\n'), some.join('\n\n'), `Name,Said\n${table}`]
    for (const [index, file] of files.entries()) writeFileSync(file, contents[index] ?? '')
    app = await launchApp({ dataDir, context: { viewport: { width: 1280, height: 3000 } } })
  })
  afterAll(async () => {
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test.each(parts.map((turns, index) => [titleOf(index), turns] as const))(
    '%s are those stored',
    async (title, turns) => {
      const { page } = app
      await page
        .getByRole('region', { name: 'Conversations' })
        .getByText(title, { exact: true })
        .click()
      const last = turns.at(-1)?.turn.question ?? ''
      await page.getByRole('heading', { name: last, exact: true }).waitFor()
      await page.getByRole('log').press('Home')
      const shown = await readItems(page.getByRole('log'), '.pk-answer, .pk-reply-text')
      expect([...shown.keys()].toSorted((a, b) => a - b)).toEqual([...turns.keys()])
      for (const [index, asked] of turns.entries()) expectLetters(shown.get(index) ?? [], asked)
    },
  )

  test('the card of a citation shows the words of the quotation', async () => {
    const { page } = app
    const citations = page.getByRole('log').locator('.pk-cite')
    const turns = parts.at(-1) ?? []
    const quotes = new Set(turns.map(({ text }) => text))
    for (let index = 0; index < 3; index += 1) {
      await citations.nth(index).hover()
      const card = page.locator('.pk-cite-quote')
      await card.waitFor()
      expect(quotes).toContain(await card.textContent())
      await page.mouse.move(0, 0)
      await card.waitFor({ state: 'detached' })
    }
  })

  test.runIf(shell === 'browser')(
    'an answer that is copied has the letters that are stored',
    async () => {
      const { page } = app
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      const turns = parts.at(-1) ?? []
      const items = page.getByRole('log').locator('[data-index]:has(.pk-answer)')
      const indexes = await items.evaluateAll((all) =>
        all.map((item) => Number(item.getAttribute('data-index'))),
      )
      for (const [place, index] of indexes.entries()) {
        const { text = '' } = turns[index] ?? {}
        await items.nth(place).locator('.pk-answer').first().selectText()
        await page.keyboard.press('ControlOrMeta+c')
        const copied = await page.evaluate(() => navigator.clipboard.readText())
        expect(keptLetters(copied), JSON.stringify(text)).toBe(keptLetters(text))
      }
    },
  )

  test('rows and results of a run: in their tables, and opened', async () => {
    const { page } = app
    await goTo(page, 'Templates')
    await page.getByText('Sayings', { exact: true }).click()
    await page.getByRole('tab', { name: 'Test' }).click()
    const table = page.getByRole('table', { name: 'Results' })
    await table.getByRole('button', { name: 'Open result 1', exact: true }).waitFor()
    const cells = await readItems(table, '[role=cell]', 'aria-rowindex')
    for (const [at, { values, expected, reply }] of answered.entries()) {
      const shown = (cells.get(at + 2) ?? []).map(({ whole }) => whole)
      expect(shown.slice(0, 3)).toEqual([values.INPUT, expected, reply])
    }
    await table.getByRole('button', { name: 'Open result 1', exact: true }).click()
    const dialog = page.getByRole('dialog')
    for (const [at, { values, expected, reply }] of answered.entries()) {
      await dialog.getByText(`Result ${String(at + 1)} of`).waitFor()
      const shown = await dialog
        .locator('dd')
        .evaluateAll((all: HTMLElement[]) => all.map((one) => [one.textContent, one.innerText]))
      expect(shown.map(([whole]) => whole)).toEqual([values.INPUT, expected, reply])
      for (const [whole = '', visible = ''] of shown) {
        expect(withoutBlanks(visible)).toBe(withoutBlanks(whole))
      }
      if (at < answered.length - 1)
        await dialog.getByRole('button', { name: 'Next result' }).click()
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  test('documents: in the viewer and in what a search of the library finds', async () => {
    const { page } = app
    await dropFiles(page, files)
    await goTo(page, 'Library')
    for (const file of files) await waitForState(page, path.basename(file), 'Indexed')
    const stored = await storedTexts(dataDir)
    for (const file of files) {
      await page
        .getByRole('row')
        .filter({ hasText: path.basename(file) })
        .dblclick()
      const scroller = page.getByRole('dialog').locator('.viewer-scroller')
      await scroller.locator('.viewer-paper').getByText('Days').first().waitFor()
      const shown = [...(await readItems(scroller, '.viewer-paper'))].sort(([a], [b]) => a - b)
      const whole = shown.flatMap(([, papers]) => papers.map((paper) => paper.whole)).join('')
      expect(stored).toContain(whole)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await page.getByRole('searchbox', { name: 'Filter by name or text' }).fill('größe')
    const hits = page.locator('.library-hit')
    await hits.first().waitFor()
    const spaced = stored.map((text) => text.replace(/\s+/gu, ' '))
    for (const hit of await hits.allTextContents()) {
      expect(
        spaced.some((text) => text.includes(hit.replace(/…$/u, '').trim())),
        hit,
      ).toBe(true)
    }
  })
})

function titleOf(index: number): string {
  return `Answers, part ${String(index + 1)}`
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}

async function storedTexts(dataDir: string): Promise<readonly string[]> {
  const store = await openContentStore(createPaths(dataDir).texts)
  const texts: string[] = []
  for (const content of store.contents()) {
    for await (const { text } of store.allPages(content)) texts.push(text)
  }
  return texts
}

/** The letters of the view are the letters stored, minus marks that became form. */
function expectLetters(shown: readonly ShownText[], { turn, text, form }: AskedText): void {
  const [first] = shown
  if (first === undefined) throw new Error(`There is no answer to ${turn.question}: ${text}`)
  const said = JSON.stringify(text)
  // Nothing is hidden or struck through by a style.
  expect(withoutBlanks(first.visible), said).toBe(withoutBlanks(first.whole))
  const view = JSDOM.fragment(first.html)
  expect(view.querySelectorAll('del, s, a, img, sup').length, said).toBe(0)
  for (const spoken of view.querySelectorAll('.pk-spoken')) spoken.remove()
  const marks = [...view.querySelectorAll<HTMLElement>('li[data-mark]')]
  const drawn = first.drawn.map((content) => content.replace(/["\s]/gu, ''))
  expect(drawn, said).toEqual(marks.map((li) => li.dataset.mark))
  if (form === 'text') {
    expect(withoutBlanks(view.textContent), said).toBe(withoutBlanks(text))
    return
  }
  const letters = lettersOf(view)
  expect(keptLetters(letters), said).toBe(keptLetters(text))
  const lost = lostSigns(text, letters)
  for (const [sign, most] of Object.entries(marksOfForm(view))) {
    expect(lost[sign] ?? 0, `${sign} in ${said}`).toBeLessThanOrEqual(most)
  }
}
