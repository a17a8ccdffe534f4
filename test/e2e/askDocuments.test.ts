import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  answered,
  ask,
  dropFiles,
  expectAccessible,
  goTo,
  sampleFile,
  waitForState,
  watchRequests,
} from './driver.ts'
import { launchApp, skipReason, type LaunchedApp } from './launch.ts'
import { useKnownModel } from './useKnownModel.ts'
import { writeOfficeFiles } from './officeFiles.ts'

const files = [
  'leave-policy.pdf',
  'house-rules.docx',
  'pump-x200-manual.html',
  'board-minutes-2024-03.md',
  'insurance.txt',
  'room-prices.csv',
]

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()

/** Whether it is visible without scrolling. */
function isOnScreen(element: Locator): Promise<boolean> {
  return element.evaluate((one) => {
    const { top, bottom, left } = one.getBoundingClientRect()
    const seen = document.elementFromPoint(left + 2, (top + bottom) / 2)
    return seen !== null && (one.contains(seen) || seen.contains(one))
  })
}

describe.skipIf(skipReason !== null)(
  'documents of each format, from the drop to the quoted words',
  () => {
    // What is quoted depends on the search alone.
    const dataDir = mkdtempSync(path.join(tmpdir(), 'penknife-e2e-'))
    let app: LaunchedApp
    let requests: ReturnType<typeof watchRequests>

    beforeAll(async () => {
      await useKnownModel(dataDir)
      app = await launchApp({ dataDir, context: { viewport: { width: 1280, height: 800 } } })
      requests = watchRequests(app.page)
    })
    afterAll(async () => {
      await app.close()
      rmSync(dataDir, { recursive: true, force: true })
    })

    test('an empty library says what to do', async () => {
      const { page } = app
      await page.getByRole('heading', { name: 'Ask your documents.' }).waitFor()
      await page.getByText('Drop files or a folder anywhere on this window').waitFor()
      await page
        .getByRole('button', { name: 'How many days of leave can be carried over?' })
        .waitFor()
      await expectAccessible(page)
    })

    test('dropped files are imported, each with its state', async () => {
      const { page } = app
      const broken = path.join(app.dataDir, 'broken.pdf')
      writeFileSync(broken, '%PDF-1.7\nno')
      const dropped = [...files.map(sampleFile), ...writeOfficeFiles(app.dataDir)]
      await dropFiles(page, [...dropped, broken])
      await goTo(page, 'Library')
      for (const file of dropped) await waitForState(page, path.basename(file), 'Indexed')
      await waitForState(page, 'broken.pdf', 'Damaged')
      await expectAccessible(page)
    })

    test('an answer quotes a PDF; its citation opens the page with the words highlighted', async () => {
      const { page } = app
      await goTo(page, 'Ask')
      const turn = await ask(page, 'How many days of leave can be carried over?')
      expect(await turn.innerText()).toMatch(/five days/i)
      // A second sentence may be quoted beside it.
      const citation = turn
        .getByRole('button', { name: /^Citation 1: leave-policy\.pdf, page 2/ })
        .first()
      const quote = (await citation.getAttribute('aria-label'))?.split('page 2: ')[1] ?? ''
      await citation.click()

      const drawn = page.getByRole('img', { name: 'leave-policy.pdf, page 2' })
      await drawn.locator('canvas').waitFor()
      const box = page.locator('.viewer-box.is-highlight').first()
      await box.waitFor()
      expect(await box.isVisible()).toBe(true)
      expect((await box.boundingBox())?.width).toBeGreaterThan(50)

      await page.getByRole('radio', { name: 'Text' }).click()
      const mark = page.locator('mark.viewer-mark')
      await mark.first().waitFor()
      expect((await mark.allInnerTexts()).join('').replace(/\s+/gu, ' ')).toBe(quote)
      await expectAccessible(page)
    })

    test.each([
      [
        'Why was the roof repair put off?',
        'board-minutes-2024-03.md, 2. The roof of the lighthouse wing',
        /herring gulls/,
      ],
      [
        'What does error E4 on the pump mean?',
        'pump-x200-manual.html, E4: running dry',
        /running dry/,
      ],
      ['Up to which line is damage by the sea covered?', 'insurance.txt', /high-water mark/],
      ['What is the view of the Puffin room?', 'room-prices.csv', /Puffin/],
      ['When is the sauna heated?', 'house-rules.docx, The sauna', /from four to nine/],
      ['Where does the lighthouse tour begin?', 'spring.pptx, slide 2', /at the flagpole/],
      ['What is the deposit for a sailing dinghy?', 'boats.xlsx, Boats for hire', /60 euros/],
      ['What does washing a tablecloth cost?', 'laundry.ods, Linen', /4 euros/],
      ['How many steps up was the lamp oil carried?', 'keeper.epub, The storm', /forty steps/],
      ['When is the boiler looked at?', 'boiler.eml, Boiler inspection', /14 October/],
    ])('%s', async (question, place, words) => {
      const { page } = app
      const turn = await ask(page, question)
      expect(await turn.innerText()).toMatch(words)
      const citation = turn.getByRole('button', { name: /^Citation/ }).first()
      const label = oneLine((await citation.getAttribute('aria-label')) ?? '')
      expect(label).toContain(`: ${place}: `)
      await citation.click()
      const viewer = page.getByRole('complementary', { name: 'Inspector' })
      await viewer.getByRole('heading', { name: place.split(', ')[0] ?? '' }).waitFor()
      const marks = viewer.locator('mark.viewer-mark')
      await expect.poll(async () => oneLine((await marks.allInnerTexts()).join(''))).toMatch(words)
      expect(label.endsWith(oneLine((await marks.allInnerTexts()).join('')))).toBe(true)
      // In a table the names of columns are marked too, and drawn once above it.
      const drawn = viewer.locator('mark.viewer-mark:not(.viewer-bar *)')
      await expect.poll(() => isOnScreen(drawn.first())).toBe(true)
    })

    test('a sentence over two pages is cited by what is printed on the first, and marked on both', async () => {
      const { page } = app
      await goTo(page, 'Ask')
      const turn = await ask(page, 'Who sounded the foghorn in the first winter?')
      expect(oneLine(await turn.innerText())).toContain('by the two sisters of the blacksmith.')
      const citation = turn.getByRole('button', {
        name: /^Citation 1: foghorn\.pdf, page ii \(2 of 3\)/,
      })
      await citation.click()
      const viewer = page.getByRole('complementary', { name: 'Inspector' })
      await viewer.getByText('page ii (2 of 3)', { exact: true }).first().waitFor()
      for (const [number, label] of [
        [2, 'page ii (2 of 3)'],
        [3, 'page iii (3 of 3)'],
      ] as const) {
        await viewer
          .getByRole('img', { name: `foghorn.pdf, ${label}` })
          .locator('canvas')
          .waitFor()
        await viewer.locator(`[data-page="${number}"] .viewer-box.is-highlight`).first().waitFor()
      }
      const begun = viewer.locator('[data-page="2"] .viewer-box.is-highlight')
      await expect.poll(() => isOnScreen(begun.first())).toBe(true)
    })

    test('what is not in the documents is not found, and the closest passages are shown', async () => {
      const { page } = app
      const turn = await ask(page, 'Who won the chess olympiad in Budapest?')
      expect(await turn.innerText()).toContain('I could not find this in your documents.')
      await turn.getByRole('button', { name: 'Answer without documents' }).waitFor()
    })

    test('the conversation is there again after a reload', async () => {
      const { page } = app
      await page.reload()
      const recent = page.getByRole('region', { name: 'Conversations' })
      await recent.getByText('How many days of leave can be carried over?').click()
      await page.getByRole('log').press('Home')
      const turn = await answered(page, 'How many days of leave can be carried over?')
      expect(await turn.innerText()).toMatch(/five days/i)
    })

    test('a template that ships with the app is chosen by keyboard and shapes the answer', async () => {
      const { page } = app
      const question = 'How many days of leave can be carried over in a year?'
      await page.getByRole('button', { name: 'Template: No template' }).press('Enter')
      await page.keyboard.type('answer from my documents')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Template: Answer from my documents' }).waitFor()
      const turn = await ask(page, question)
      const fields = turn.getByRole('table', { name: 'Fields of the answer' })
      expect(await fields.getByRole('rowheader').allInnerTexts()).toContain('found')
      await turn.getByText('Valid format').waitFor()
      await turn.getByRole('button', { name: 'Answer from my documents, version 1' }).waitFor()
      await expectAccessible(page)
      await page.getByRole('button', { name: /^Template: / }).press('Enter')
      await page.getByRole('option', { name: /^None/ }).click()
      await page.getByRole('button', { name: 'Template: No template' }).waitFor()
    })

    test('the palette reaches every place by keyboard', async () => {
      const { page } = app
      await page.keyboard.press('Control+k')
      const palette = page.getByRole('dialog')
      await palette.waitFor()
      await page.keyboard.type('settings')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Settings', exact: true }).first().waitFor()
      await expectAccessible(page)
    })

    test('no other origin was contacted, and the page had no errors', () => {
      expect(requests.outside).toEqual([])
      expect(app.pageErrors).toEqual([])
    })
  },
)

describe.skipIf(skipReason !== null)('the sample library', () => {
  test.each(['light', 'dark'] as const)('one click imports it and answers, %s', async (scheme) => {
    const app = await launchApp({
      context: { viewport: { width: 900, height: 600 }, colorScheme: scheme },
    })
    const { page } = app
    const question = 'What does error E4 on the pump mean?'
    await page.getByRole('button', { name: question }).click()
    const turn = await answered(page, question)
    // It quotes some of them, or none: that depends on the bundled model, as the number of the source does.
    const said = await turn.locator('.pk-answer').innerText()
    const citations = await turn.getByRole('button', { name: /^Citation \d+: / }).count()
    if (citations === 0) expect(said).toContain('I could not find this in your documents.')
    else expect(citations).toBeLessThanOrEqual(3)
    await expectAccessible(page)
    await app.close()
  })
})
