import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TestRow } from '../../../src/shared/domain/testRun/testSet.ts'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import { createFakeLlm } from '../../helpers/fakeLlm.ts'
import { openWindow } from '../../helpers/openWindow.tsx'
import { hasExamples, reviewReply, reviewRows } from '../../helpers/reviewRows.ts'
import { reviewTemplate } from '../../helpers/writtenTemplates.ts'
import { giveLayout } from '../library/giveLayout.ts'

/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }

beforeEach(() => giveLayout())
afterEach(() => toastStore.setState({ toasts: [] }))

async function openTab(
  tab: 'Test' | 'Ladder',
  rows: number | readonly TestRow[] = 40,
  template = reviewTemplate,
) {
  const made = typeof rows === 'number' ? reviewRows(rows) : rows
  const set = { template: template.name, name: 'Reviews', rows: made }
  const window = await openWindow({
    templates: [template],
    testSets: made.length === 0 ? [] : [set],
    llm: createFakeLlm(reviewReply((prompt) => (hasExamples(prompt) ? 5 : 2))),
  })
  const { user } = window
  await user.click(await screen.findByRole('button', { name: /^Templates/ }))
  const own = await screen.findByRole('region', { name: 'Your templates' })
  await user.click(within(own).getByRole('button', { name: /^Review to fields/ }))
  await user.click(await screen.findByRole('tab', { name: tab }))
  return window
}

/** Run is enabled once the window knows the number of rows. */
async function startRun(user: UserEvent): Promise<void> {
  const run = await screen.findByRole('button', { name: 'Run' })
  await waitFor(() => expect(run.hasAttribute('disabled')).toBe(false))
  await user.click(run)
}

describe('testing a template', () => {
  it('says what to do if there are no rows', async () => {
    await openTab('Test', 0)
    expect(await screen.findByText('What should it get right?')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Run' }).hasAttribute('disabled')).toBe(true)
  })

  it('shows the tags of rows, and which edit made the version', async () => {
    const { user } = await openTab(
      'Test',
      reviewRows(3).map((row, at) => (at === 1 ? { ...row, tags: ['long', 'odd'] } : row)),
    )
    const table = await screen.findByRole('table', { name: 'Test rows' })
    expect(await within(table).findByRole('columnheader', { name: 'Tags' })).toBeTruthy()
    expect(within(table).getByText('long, odd')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Open row 1' }))
    const dialog = await screen.findByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: 'Delete row' }))
    expect(await screen.findByText('Version 2: 1 row removed')).toBeTruthy()
  })

  it('has no column for tags that no row has', async () => {
    await openTab('Test', 2)
    const table = await screen.findByRole('table', { name: 'Test rows' })
    await within(table).findByRole('button', { name: 'Open row 1' })
    expect(within(table).queryByRole('columnheader', { name: 'Tags' })).toBeNull()
  })

  it('runs the rows and gives figures that follow from them', async () => {
    const { user, core } = await openTab('Test')
    await startRun(user)
    // Of forty rows each fifth row is answered "positive", which is right for rows of that kind.
    expect(await screen.findByText('All rows: 40 rows')).toBeTruthy()
    expect(core.calls('testRuns.start')).toMatchObject([
      { plan: { kind: 'test', versions: [1], method: 'generate' } },
    ])
    // Half way through, 85 % may be right as well, with a wider interval.
    await screen.findByRole('img', { name: /^All right: 85 %, between 71 % and 93 %/ })
  })

  it('says how the fields are judged, and by which rule a row is right or wrong', async () => {
    const { format } = reviewTemplate
    const fields = format.kind === 'json' ? format.fields : []
    const judged = fields.map((field) =>
      field.name === 'business_type' ? { ...field, measure: { kind: 'contains' as const } } : field,
    )
    const template = { ...reviewTemplate, format: { kind: 'json' as const, fields: judged } }
    const { user } = await openTab('Test', 5, template)
    await startRun(user)
    expect(await screen.findByText('Expected, right if: business_type: contains')).toBeTruthy()
    await user.click(await screen.findByRole('button', { name: 'Open result 1' }))
    const reasons = await screen.findByRole('list', { name: 'Why it is right or wrong' })
    expect(
      within(reasons)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Right: yes sentiment: The same label.',
      'Right: yes business_type: Contains “bakery”.',
    ])
  })

  it('has the figures of each label', async () => {
    const { user } = await openTab('Test')
    await startRun(user)
    const table = await screen.findByRole('region', { name: 'Labels of sentiment' })
    expect(within(table).getByRole('row', { name: /^positive \d+ % 100 % \d+ %/u })).toBeTruthy()
  })

  it('opens the rows of a cell of the confusion matrix', async () => {
    const { user } = await openTab('Test')
    await startRun(user)
    // By label: searching all these rows by role at every answer takes jsdom longer than the run.
    await user.click(await screen.findByLabelText('2 expected negative, given positive'))
    expect(
      await screen.findByText('sentiment: expected negative, given positive: 2 rows'),
    ).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Show all rows' }))
    expect(await screen.findByText('All rows: 40 rows')).toBeTruthy()
  })

  it('lets several versions answer the same rows, and compares them', async () => {
    const { user, core } = await openTab('Test', 12)
    await user.click(screen.getByRole('tab', { name: 'Write' }))
    await user.type(screen.getByRole('textbox', { name: 'Instruction' }), ' Briefly.')
    await user.keyboard('{Control>}s{/Control}')
    await screen.findByText('version 2, saved')
    await user.click(screen.getByRole('tab', { name: 'Test' }))
    await user.click(await screen.findByRole('button', { name: 'Compare versions' }))
    expect(screen.queryByRole('menuitemcheckbox', { name: 'Version 2' })).toBeNull()
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Version 1' }))
    await user.keyboard('{Escape}')
    expect(screen.getByRole('button', { name: 'With v1' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Run' }))
    await screen.findByText(/No version is better|Too few rows/u, {}, { timeout: 40_000 })
    expect(core.calls('testRuns.start')).toMatchObject([
      { plan: { kind: 'test', versions: [1, 2], method: 'generate' } },
    ])
    const versions = within(screen.getByRole('table', { name: 'Versions' })).getAllByRole(
      'rowheader',
    )
    expect(versions.map((one) => one.firstChild?.textContent)).toEqual(['Version 1', 'Version 2'])
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Figures and rows of' }),
      'Version 2',
    )
    await screen.findByText('All rows: 12 rows', {}, { timeout: 20_000 })
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull())
    expect((await axe.run(document.body, unpainted)).violations).toEqual([])

    await user.click(screen.getByRole('tab', { name: 'History' }))
    const compared = await screen.findByRole('region', { name: 'Comparison' })
    await waitFor(() => expect(compared.textContent).toContain('Version 2 against version 1'))
  }, 90_000)

  it('lets settings answer the same rows, says how many answers that is, and compares them', async () => {
    const { user, core } = await openTab('Test', 12)
    const open = await screen.findByRole('button', { name: 'Compare models' })
    await waitFor(() => expect(open.hasAttribute('disabled')).toBe(false))
    await user.click(open)
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Compare models and settings' }),
    )
    const run = dialog.getByRole('button', { name: 'Run' })
    expect(dialog.getByText('Choose a model.')).toBeTruthy()
    await user.click(await dialog.findByRole('checkbox', { name: /^penknife-tiny/ }))
    expect(dialog.getByText('Choose another model, or add a setting.')).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Add a setting' }))
    const temperature = dialog.getByRole('textbox', { name: 'Temperature' })
    await user.type(temperature, '3')
    expect(dialog.getByText('Give a number from 0 to 2.')).toBeTruthy()
    expect(run.hasAttribute('disabled')).toBe(true)
    await user.clear(temperature)
    await user.type(temperature, '0,7')
    await user.type(dialog.getByRole('textbox', { name: 'Top-k' }), '5')
    expect(dialog.getByText('1 model × 2 settings × 12 rows: 24 answers')).toBeTruthy()
    expect((await axe.run(document.body, unpainted)).violations).toEqual([])
    await user.click(run)
    await screen.findByText(/No model or setting|Too few rows/u, {}, { timeout: 40_000 })
    expect(core.calls('testRuns.start')).toMatchObject([
      {
        plan: {
          kind: 'models',
          version: 1,
          models: [expect.stringContaining('penknife-tiny')],
          settings: [{}, { temperature: 0.7, topK: 5 }],
        },
      },
    ])
    const table = within(screen.getByRole('table', { name: 'Setups' }))
    expect(table.getAllByRole('rowheader').map((one) => one.firstChild?.textContent)).toEqual([
      'The template’s settings',
      'Temperature 0.7, top_k 5',
    ])
    expect(table.getByRole('columnheader', { name: 'Memory' })).toBeTruthy()
    await screen.findByRole('button', { name: 'Export' })
  }, 90_000)

  it('has no axe violations', async () => {
    const { user } = await openTab('Test')
    await startRun(user)
    await screen.findByText('All rows: 40 rows')
    expect((await axe.run(document.body, unpainted)).violations).toEqual([])
  })
})

describe('the ladder', () => {
  it('runs all arms and leads with the verdict', async () => {
    const { user, core } = await openTab('Ladder', 80)
    await startRun(user)
    await waitFor(() => expect(screen.getByText(/^Use the four examples/)).toBeTruthy(), {
      timeout: 20_000,
    })
    expect(core.calls('testRuns.start')).toMatchObject([{ plan: { kind: 'ladder' } }])
    const arms = within(screen.getByRole('table', { name: 'Arms' })).getAllByRole('rowheader')
    expect(arms.map((arm) => arm.firstChild?.textContent)).toEqual([
      'Zero-shot',
      'Few-shot (4 examples)',
      'Retrieval',
      'Both (4 examples)',
      'Nearest example, no model',
    ])
    expect((await axe.run(document.body, unpainted)).violations).toEqual([])
  }, 40_000)

  it('says what is missing before it can run', async () => {
    await openTab('Ladder', 0)
    expect(await screen.findByText(/^It needs test rows/)).toBeTruthy()
  })
})
