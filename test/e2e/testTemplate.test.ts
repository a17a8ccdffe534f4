import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, hasFocus, longWork, pressOn, tabTo, typeInto } from './driver.ts'
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

describe.skipIf(skipReason !== null)(
  'a template, from an empty one to its verdict, by keyboard',
  () => {
    let app: LaunchedApp

    beforeAll(async () => {
      app = await launchApp()
    })
    afterAll(async () => {
      await app.close()
    })

    /** The next of the template's tabs, or the one before. */
    async function nextTab(
      name: string,
      key: 'ArrowLeft' | 'ArrowRight' = 'ArrowRight',
    ): Promise<void> {
      const { page } = app
      await tabTo(page, page.getByRole('tab', { selected: true }), 'Shift+Tab')
      await page.keyboard.press(key)
      await page.getByRole('tab', { name, selected: true }).waitFor()
    }

    test('it is written and tried', async () => {
      const { page } = app
      await page.getByRole('textbox', { name: 'Your question' }).waitFor()
      await page.keyboard.press('Alt+3')
      await pressOn(page, page.getByRole('button', { name: 'New template' }))
      await typeInto(page, page.getByRole('textbox', { name: 'Name of the template' }), 'Wishes')
      const instruction = page.getByRole('textbox', { name: 'Instruction' })
      await typeInto(page, instruction, 'Say what the writer wants.')
      const formats = page.getByRole('radiogroup', { name: 'Kind of answer' })
      await pressOn(page, formats.getByRole('radio', { checked: true }), 'ArrowRight')
      // On a busy machine the focus moves after the key is up again, and then it does not choose.
      const oneLabel = formats.getByRole('radio', { name: 'One label' })
      await expect.poll(() => hasFocus(oneLabel)).toBe(true)
      await page.keyboard.press('Space')
      await formats.getByRole('radio', { name: 'One label', checked: true }).waitFor()
      const label = page.getByRole('textbox', { name: /label/iu }).first()
      for (const name of labels) {
        await typeInto(page, label, name)
        await page.keyboard.press('Enter')
      }
      await pressOn(page, page.getByRole('button', { name: 'Add many' }))
      await pressOn(page, page.getByRole('menuitem', { name: 'Paste rows' }))
      await typeInto(page, page.getByRole('textbox', { name: 'Rows' }), examples)
      await pressOn(page, page.getByRole('button', { name: 'Add 2 examples' }))
      await page.getByText(/of 1,024 tokens/).waitFor()
      await expectAccessible(page)

      await nextTab('Try')
      await typeInto(page, page.getByRole('textbox', { name: 'Input' }), 'My parcel is late')
      await pressOn(page, page.getByRole('button', { name: 'Run', exact: true }))
      // The grammar allows nothing else.
      await page
        .getByText(/^(refund|delivery)$/)
        .first()
        .waitFor({ timeout: longWork })
      await expectAccessible(page)
    })

    test('rows are imported, and one that equals an example is left out', async () => {
      const { page } = app
      const file = path.join(app.dataDir, 'messages.csv')
      writeFileSync(file, table)
      await nextTab('Test')
      // Registered before the key: the browser must not open its own dialog.
      const chooser = page.waitForEvent('filechooser')
      await pressOn(page, page.getByRole('button', { name: 'Import rows' }).first())
      await pressOn(page, page.getByRole('button', { name: 'Choose a file' }))
      await (await chooser).setFiles(file)
      await page.getByText('13 of 13 rows can be used.').waitFor()
      await pressOn(page, page.getByRole('button', { name: 'Import 13 rows' }))
      await page.getByText(/^12 rows of 13 rows to test/).waitFor()
      await page.getByText(/left out: equals an example/).waitFor()
      await expectAccessible(page)
    })

    test('the ladder runs with the bundled model and says what it found', async () => {
      const { page } = app
      await nextTab('Ladder')
      await pressOn(page, page.getByRole('button', { name: 'Run', exact: true }))
      const verdict = page.getByRole('region', { name: 'Verdict' })
      await page.getByText(/^12 test rows, penknife-tiny/).waitFor()
      const arms = page.getByRole('table').getByRole('rowheader')
      expect(await arms.allInnerTexts()).toEqual(
        ['Zero-shot', 'Few-shot', 'Retrieval', 'Both', 'Nearest'].map(
          (name) => expect.stringContaining(name) as string,
        ),
      )
      // An arm has an interval only once it has answered; the last arm is the last to begin.
      await page.getByText('of 60 answers').waitFor({ state: 'detached', timeout: longWork })
      await page.getByRole('img', { name: /^Nearest.*, right: / }).waitFor()
      expect(await verdict.getByRole('heading').innerText()).not.toMatch(/No row has been answered/)
      // The answers of an arm can be opened.
      await pressOn(page, page.getByRole('combobox', { name: 'Answers of' }), 'ArrowDown')
      await pressOn(page, page.getByRole('button', { name: 'Open result 1', exact: true }))
      await page.getByRole('dialog', { name: 'Result 1 of 12' }).waitFor()
      await page.keyboard.press('Escape')
      await expectAccessible(page)
      expect(app.pageErrors).toEqual([])
    })

    test('settings of a model are compared on the same rows', async () => {
      const { page } = app
      await nextTab('Test', 'ArrowLeft')
      await pressOn(page, page.getByRole('button', { name: 'Compare models' }))
      const dialog = page.getByRole('dialog', { name: 'Compare models and settings' })
      // The model that answers is chosen already.
      await dialog.getByRole('checkbox', { name: /^penknife-tiny/u, checked: true }).waitFor()
      const run = dialog.getByRole('button', { name: 'Run' })
      await dialog.getByText('Choose another model, or add a setting.').waitFor()
      expect(await run.isDisabled()).toBe(true)
      await pressOn(page, dialog.getByRole('button', { name: 'Add a setting' }))
      const temperature = dialog.getByRole('textbox', { name: 'Temperature' })
      await typeInto(page, temperature, '3')
      await dialog.getByText('Give a number from 0 to 2.').waitFor()
      expect(await run.isDisabled()).toBe(true)
      await typeInto(page, temperature, '0.7')
      await dialog.getByText(/^1 model × 2 settings × /u).waitFor()
      await expectAccessible(page)

      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await pressOn(page, page.getByRole('button', { name: 'Compare models' }))
      await pressOn(page, dialog.getByRole('button', { name: 'Add a setting' }))
      await typeInto(page, temperature, '0.7')
      await pressOn(page, run)
      const setups = page.getByRole('table', { name: 'Setups' })
      await page.getByText('of 24 answers').waitFor({ state: 'detached', timeout: longWork })
      await page.getByRole('img', { name: /^Temperature 0\.7, right: /u }).waitFor()
      const names = await setups.getByRole('rowheader').allInnerTexts()
      expect(names).toEqual([
        expect.stringContaining('The template’s settings') as string,
        expect.stringContaining('Temperature 0.7') as string,
      ])
      await expectAccessible(page)
      expect(app.pageErrors).toEqual([])
    })
  },
)
