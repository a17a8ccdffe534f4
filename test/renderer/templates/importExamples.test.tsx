import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import type { ImportedRow } from '../../../src/shared/contract/testRuns.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { reviewTemplate } from '../../helpers/writtenTemplates.ts'
import { openWindow } from '../../helpers/openWindow.tsx'

afterEach(() => toastStore.setState({ toasts: [] }))

function row(place: number, patch: Partial<ImportedRow>): ImportedRow {
  const values = { INPUT: `Review ${String(place)}` }
  return { place, values, expected: null, note: '', problem: null, flags: [], ...patch }
}

const rows = [
  row(2, { expected: { sentiment: 'mixed', business_type: ['hotel', 'inn'] }, note: 'From March' }),
  row(3, { expected: { sentiment: 'angry', business_type: 'garage' } }),
  row(4, { problem: 'There is no answer.' }),
]
const mapping = {
  values: { INPUT: 'text' },
  expected: null,
  fields: { sentiment: 'mood', business_type: 'kind' },
  note: 'note',
}

/** The dialog with a table dropped on it. */
async function openImport(readExamples: () => readonly ImportedRow[]) {
  const asked: unknown[] = []
  const { core, user, parts } = await openWindow({
    papers: [],
    templates: [reviewTemplate],
    overrides: (handlers) => ({
      testRuns: {
        ...handlers.testRuns,
        previewTable: () => ({
          columns: ['text', 'mood', 'kind', 'note'],
          mapping,
          rows: 3,
          usable: 2,
          shown: rows,
          notices: ['It was read as Windows-1252.'],
        }),
        readExamples(input) {
          asked.push(input)
          return readExamples()
        },
      },
    }),
  })
  await act(() => parts.templates.open(core.idOf('template', reviewTemplate.name)))
  act(() => parts.navigation.setState({ place: 'templates' }))
  await user.click(await screen.findByRole('button', { name: 'Add many' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Import a file' }))
  const file = new File(['text,mood\n'], 'reviews.csv')
  fireEvent.drop(await screen.findByText(/^Drop a table here/u), {
    dataTransfer: { files: [file], types: ['Files'] },
  })
  await screen.findByText('2 of 3 rows can be used.')
  const examples = () => parts.templates.store.getState().open?.history.present.examples ?? []
  return { user, parts, asked, examples }
}

it('adds usable rows as examples, with their notes, after the others', async () => {
  const { user, parts, asked, examples } = await openImport(() => rows)
  expect(screen.getByText('It was read as Windows-1252.')).toBeDefined()
  expect(screen.getByText('There is no answer.')).toBeDefined()
  const before = examples()
  await user.click(screen.getByRole('button', { name: 'Import 2 examples' }))
  await waitFor(() => expect(examples()).toHaveLength(before.length + 2))
  const added = examples().slice(before.length)
  expect(added.map(({ values, output, note, enabled }) => [values.INPUT, output, note, enabled]))
    // An example gets the first of several accepted answers; an unknown sentiment is kept unchanged.
    .toEqual([
      ['Review 2', '{"sentiment": "mixed", "business_type": "hotel"}', 'From March', true],
      ['Review 3', expect.stringContaining('angry'), '', true],
    ])
  expect(asked).toEqual([
    {
      file: { name: 'reviews.csv', base64: btoa('text,mood\n') },
      mapping,
      template: reviewTemplate,
    },
  ])
  expect(screen.queryByRole('dialog')).toBeNull()
  act(() => parts.templates.undo())
  expect(examples()).toEqual(before)
})

it('stays open with the chosen options if the file cannot be read, and adds nothing', async () => {
  const { user, examples } = await openImport(() => {
    throw new AppError('invalid-input', 'The file is damaged.')
  })
  const before = examples()
  await user.click(screen.getByRole('button', { name: 'Import 2 examples' }))
  await waitFor(() => expect(toastStore.getState().toasts).toHaveLength(1))
  expect(screen.getByRole('dialog', { name: 'Import examples' })).toBeDefined()
  expect(examples()).toEqual(before)
})
