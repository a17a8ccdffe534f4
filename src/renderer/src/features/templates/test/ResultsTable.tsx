import { X } from 'lucide-react'
import { useState } from 'react'
import { measureNames } from '../../../../../shared/domain/template/measure.ts'
import type { RunSummary } from '../../../../../shared/domain/testRun/run.ts'
import { seconds } from '../../../../../shared/domain/testRun/words.ts'
import type { Api } from '../../../api/api.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { Select } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { showError } from '../../../ui/toasts.ts'
import { expectedText } from '../runs/expectedText.ts'
import { Mark } from '../runs/Mark.tsx'
import { PagedTable, type PagedColumn } from '../runs/PagedTable.tsx'
import { usePages } from '../runs/usePages.ts'
import { ResultDialog } from './ResultDialog.tsx'
import { filterWords, type ResultFilter, type RowOfRun } from './resultFilter.ts'
import './tableBar.css'

type Sort = Parameters<Api['testRuns']['results']>[0]['sort']

export interface ResultsTableProps {
  readonly api: Pick<Api, 'testRuns'>
  readonly run: RunSummary
  readonly arm: string
  /** How the answers were judged; see `measuresOf`. */
  readonly measures: string
  readonly filter: ResultFilter
  readonly onFilter: (filter: ResultFilter) => void
  readonly onAddExample: (row: RowOfRun) => void
}

const columnsFor = (measures: string): readonly PagedColumn<RowOfRun>[] => [
  { id: 'input', header: 'Input', cell: ({ row }) => Object.values(row.values).join(' · ') },
  {
    id: 'expected',
    header: <span title={`Right if: ${measures}`}>{expectedHead(measures)}</span>,
    cell: ({ row }) => <span className="mono">{expectedText(row.expected)}</span>,
  },
  {
    id: 'reply',
    header: 'Answer',
    cell: ({ result }) =>
      result.error === null ? (
        <span className="mono">{result.reply}</span>
      ) : (
        <span className="run-left-out">{result.error.message}</span>
      ),
  },
  {
    id: 'valid',
    header: <abbr title="Valid format: parseable, without any repair">Valid</abbr>,
    cell: ({ result }) => (
      <Mark
        words="Valid format"
        yes={result.error === null && result.check.parseable && result.check.repairs.length === 0}
      />
    ),
  },
  {
    id: 'domain',
    header: <abbr title="In the domain: fields, types and labels of the format">Domain</abbr>,
    cell: ({ result }) => (
      <Mark words="In the domain" yes={result.error === null && result.check.inDomain} />
    ),
  },
  {
    id: 'right',
    header: 'Right',
    cell: ({ result }) => <Mark words="Right" yes={result.score?.exactMatch ?? null} />,
  },
  {
    id: 'time',
    header: 'Time',
    end: true,
    cell: ({ result }) => <span className="num">{seconds(result.ms / 1000)}</span>,
  },
]

function expectedHead(measures: string): string {
  return measures === measureNames.equal ? 'Expected' : `Expected, right if: ${measures}`
}

const sorts: readonly { readonly value: Sort; readonly label: string }[] = [
  { value: 'row', label: 'In the order of the rows' },
  { value: 'margin', label: 'Most doubtful first' },
  { value: 'seconds', label: 'Slowest first' },
]

/** The answers of one arm by row, with the three judgements in separate columns. */
export function ResultsTable(props: ResultsTableProps) {
  const { api, run, arm, measures, filter, onFilter, onAddExample } = props
  const [sort, setSort] = useState<Sort>('row')
  const [opened, setOpened] = useState<number | null>(null)
  const { testRuns } = api
  const { id } = run.record
  // During a run the rows are loaded again at every tenth of it, and at its end.
  const progress =
    run.status === 'running' ? Math.floor((10 * run.done) / Math.max(1, run.total)) : run.done
  const pages = usePages(
    JSON.stringify([id, arm, filter, sort, progress, run.status]),
    async (from, count, signal) => {
      const found = await testRuns.results({ run: id, arm, filter, sort, from, count }, { signal })
      return { total: found.total, items: found.results }
    },
    failed,
  )
  const shown = opened === null ? undefined : pages.at(opened)

  return (
    <>
      <div className="run-table-bar">
        <span className="grow" role="status">
          {filterWords(filter)}
          {pages.total !== null && `: ${plural(pages.total, 'row')}`}
        </span>
        {filter.kind !== 'all' && (
          <Chip icon={<X aria-hidden />} onClick={() => onFilter({ kind: 'all' })}>
            Show all rows
          </Chip>
        )}
        <Select
          className="run-table-order"
          aria-label="Order"
          value={sort}
          options={sorts}
          onChange={setSort}
        />
      </div>
      <PagedTable
        label="Results"
        pages={pages}
        columns={columnsFor(measures)}
        widths="minmax(0, 4fr) minmax(0, 2fr) minmax(0, 3fr) 52px 60px 48px 64px"
        openLabel={(_row, index) => `Open result ${String(index + 1)}`}
        onOpen={(_row, index) => setOpened(index)}
        empty={filter.kind === 'all' ? 'No row has been answered yet.' : 'No row is like this.'}
      />
      {opened !== null && shown !== undefined && (
        <ResultDialog
          row={shown}
          place={`${String(opened + 1)} of ${String(pages.total ?? 0)}`}
          onPrevious={opened > 0 ? () => setOpened(opened - 1) : null}
          onNext={opened + 1 < (pages.total ?? 0) ? () => setOpened(opened + 1) : null}
          onAddExample={onAddExample}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  )
}

function failed(error: unknown): void {
  showError(error, 'The results could not be read. Try again.')
}
