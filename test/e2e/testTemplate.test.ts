import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, goTo } from './driver.ts'
import { launchApp, skipReason, type LaunchedApp } from './launch.ts'

const labels = ['refund', 'delivery'] as const
const rows = Array.from({ length: 12 }, (_, index) =>
  index % 2 === 0
    ? `"Order ${String(index)} came broken, I want my money back",refund`
    : `"When will parcel ${String(index)} be here?",delivery`,
)
/** The first of the two equals a row. */
const examples = 'input,output\nWhere is my parcel?,delivery\nGive me my money back,refund'
const table = ['message,answer', ...rows, '"Where is my parcel?",delivery'].join('\n')

describe.skipIf(skipReason !== null)('a template from nothing to its verdict', () => {
  let app: LaunchedApp

  beforeAll(async () => {
    app = await launchApp()
  })
  afterAll(async () => {
    await app.close()
  })

  test('it is written and tried', async () => {
    const { page } = app
    await goTo(page, 'Templates')
    await page.getByRole('button', { name: 'New template' }).click()
    await page.getByRole('textbox', { name: 'Name of the template' }).fill('What they want')
    await page.getByRole('textbox', { name: 'Instruction' }).fill('Say what the writer wants.')
    await page.getByRole('radio', { name: 'One label' }).click()
    const label = page.getByRole('textbox', { name: /label/iu }).first()
    for (const name of labels) {
      await label.fill(name)
      await label.press('Enter')
    }
    await page.getByRole('button', { name: 'Add many' }).click()
    await page.getByRole('menuitem', { name: 'Paste rows' }).click()
    await page.getByRole('textbox', { name: 'Rows' }).fill(examples)
    await page.getByRole('button', { name: 'Add 2 examples' }).click()
    await page.getByText(/of 1,024 tokens/).waitFor()
    await expectAccessible(page)

    await page.getByRole('tab', { name: 'Try' }).click()
    await page.getByRole('textbox', { name: 'Input' }).fill('My parcel is late')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    // The grammar leaves the model nothing else to say.
    await page
      .getByText(/^(refund|delivery)$/)
      .first()
      .waitFor({ timeout: 60_000 })
    await expectAccessible(page)
  })

  test('rows are imported, and one that an example gives away is left out', async () => {
    const { page } = app
    const file = path.join(app.dataDir, 'messages.csv')
    writeFileSync(file, table)
    await page.getByRole('tab', { name: 'Test' }).click()
    await page.getByRole('button', { name: 'Import rows' }).first().click()
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a file' }).click()
    await (await chooser).setFiles(file)
    await page.getByText('13 of 13 rows can be used.').waitFor()
    await page.getByRole('button', { name: 'Import 13 rows' }).click()
    await page.getByText(/^12 rows of 13 rows to test/).waitFor()
    await page.getByText(/left out: equals an example/).waitFor()
    await expectAccessible(page)
  })

  test('the ladder runs with the bundled model and says what it found', async () => {
    const { page } = app
    await page.getByRole('tab', { name: 'Ladder' }).click()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const verdict = page.getByRole('region', { name: 'Verdict' })
    await page.getByText(/^12 test rows, penknife-tiny/).waitFor()
    const arms = page.getByRole('table').getByRole('rowheader')
    expect(await arms.allInnerTexts()).toEqual(
      ['Zero-shot', 'Few-shot', 'Retrieval', 'Both', 'Nearest'].map(
        (name) => expect.stringContaining(name) as string,
      ),
    )
    // Each arm has its range only when it has answered; the last one is the last to begin.
    await page.getByText('of 60 answers').waitFor({ state: 'detached', timeout: 120_000 })
    await page.getByRole('img', { name: /^Nearest.*, right: / }).waitFor()
    expect(await verdict.getByRole('heading').innerText()).not.toMatch(/No row has been answered/)
    await expectAccessible(page)
    expect(app.pageErrors).toEqual([])
  })
})
