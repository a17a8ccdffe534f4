import { useMemo, useState } from 'react'
import { variablesOf, type Template } from '../../../../../shared/domain/template/template.ts'
import type { FlaggedRow } from '../../../../../shared/contract/testRuns.ts'
import type { Api } from '../../../api/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { showError } from '../../../ui/toasts.ts'
import { expectedText } from '../runs/expectedText.ts'
import { PagedTable, type PagedColumn } from '../runs/PagedTable.tsx'
import { usePages } from '../runs/usePages.ts'
import { RowDialog } from './RowDialog.tsx'
import './tableBar.css'

export interface RowsTableProps {
  readonly api: Pick<Api, 'testRuns'>
  readonly template: Template
  readonly testSet: string
  /** Time of the set's last change. */
  readonly updatedAt: string
}

interface Opened {
  readonly row: FlaggedRow
  readonly isNew: boolean
}

const columns: readonly PagedColumn<FlaggedRow>[] = [
  { id: 'input', header: 'Input', cell: ({ row }) => Object.values(row.values).join(' · ') },
  {
    id: 'expected',
    header: 'Expected',
    cell: ({ row }) => <span className="mono">{expectedText(row.expected)}</span>,
  },
  {
    id: 'flags',
    header: 'Tested',
    cell: ({ flags, included }) => (
      <span className={included ? 'dim' : 'run-left-out'} title={flags[0]?.message}>
        {included ? (flags.length > 0 ? 'yes, with a doubt' : 'yes') : 'left out'}
        {flags[0] !== undefined && `: ${flagWords[flags[0].kind]}`}
      </span>
    ),
  },
]

const tagsColumn: PagedColumn<FlaggedRow> = {
  id: 'tags',
  header: 'Tags',
  cell: ({ row }) => <span className="dim">{row.tags?.join(', ')}</span>,
}

const flagWords: Readonly<Record<FlaggedRow['flags'][number]['kind'], string>> = {
  'equals-example': 'equals an example',
  'near-example': 'close to an example',
  'duplicate-row': 'stands here twice',
  'expected-not-in-format': 'expected does not fit the format',
  'missing-value': 'a value is missing',
}

/** The rows of a test set with their flags; rows can be edited. */
export function RowsTable({ api, template, testSet, updatedAt }: RowsTableProps) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const [included, setIncluded] = useState<number | null>(null)
  /** Most sets have no tags, and need no column for them. */
  const [hasTags, setHasTags] = useState(false)
  const { testRuns } = api
  // Flags depend on the template: its examples, its format and its placeholders.
  const key = useMemo(
    () => JSON.stringify([testSet, updatedAt, template]),
    [testSet, updatedAt, template],
  )
  const pages = usePages(
    key,
    async (from, count, signal) => {
      const found = await testRuns.rows({ testSet, template, from, count }, { signal })
      setIncluded(found.included)
      if (from === 0) setHasTags(false)
      if (found.rows.some(({ row }) => (row.tags ?? []).length > 0)) setHasTags(true)
      return { total: found.total, items: found.rows }
    },
    failed,
  )

  function change(work: Promise<void>): void {
    work.then(
      () => setOpened(null),
      (error: unknown) => showError(error, 'The row could not be changed. Try again.'),
    )
  }

  return (
    <>
      <div className="run-table-bar">
        <span className="grow dim" role="status">
          {pages.total !== null &&
            included !== null &&
            (included === pages.total
              ? `${plural(pages.total, 'row')} to test.`
              : `${plural(included, 'row')} of ${plural(pages.total, 'row')} to test; the others are left out so that copying is not measured.`)}
        </span>
        <Button onClick={() => setOpened({ row: emptyRow(), isNew: true })}>Add a row</Button>
      </div>
      <PagedTable
        label="Test rows"
        pages={pages}
        columns={hasTags ? [...columns, tagsColumn] : columns}
        widths={`minmax(0, 5fr) minmax(0, 3fr) minmax(0, 2fr)${hasTags ? ' minmax(0, 2fr)' : ''}`}
        openLabel={(_row, index) => `Open row ${String(index + 1)}`}
        onOpen={(row) => setOpened({ row, isNew: false })}
        empty="No rows yet. Add one, or import a table."
      />
      {opened !== null && (
        <RowDialog
          template={template}
          row={opened.row.row}
          flags={opened.row.flags}
          included={opened.row.included}
          isNew={opened.isNew}
          onSave={(row) => change(testRuns.putRow({ testSet, row }))}
          onRemove={() => change(testRuns.removeRows({ testSet, ids: [opened.row.row.id] }))}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  )

  function emptyRow(): FlaggedRow {
    const values = Object.fromEntries(variablesOf(template).map((name) => [name, '']))
    const row = { id: crypto.randomUUID(), values, expected: null, included: null }
    return { row, flags: [], included: true }
  }
}

function failed(error: unknown): void {
  showError(error, 'The rows could not be read. Try again.')
}
