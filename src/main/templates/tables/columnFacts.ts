import { plainSpelling } from '../../../shared/domain/template/labels.ts'
import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import { isBlank, type Cell, type Table } from '../../parsing/tables/table.ts'

/** What the cells of a column say about its meaning, by the first rows. */
export interface ColumnFacts {
  readonly isFilled: (column: string) => boolean
  /** Nearly all are labels of the format. */
  readonly hasLabels: (column: string) => boolean
  /** Nearly all are JSON objects, or text that looks like one. */
  readonly hasObjects: (column: string) => boolean
  /** The same of objects and lists. */
  readonly hasJson: (column: string) => boolean
}

const sampleRows = 200
const mostly = 0.8

export function createColumnFacts({ columns, rows }: Table, format: OutputFormat): ColumnFacts {
  const labels = new Set(format.kind === 'label' ? format.labels.map(plainSpelling) : [])
  const sample = rows.slice(0, sampleRows)
  const filled = (column: string): readonly Cell[] => {
    const at = columns.indexOf(column)
    return sample.flatMap(({ cells }) => (isBlank(cells[at]) ? [] : [cells[at] ?? null]))
  }
  const nearlyAll = (column: string, fits: (value: Cell) => boolean): boolean => {
    const values = filled(column)
    return values.length > 0 && values.filter(fits).length >= mostly * values.length
  }
  return {
    isFilled: (column) => filled(column).length > 0,
    hasLabels: (column) =>
      labels.size > 0 &&
      nearlyAll(
        column,
        (value) => typeof value !== 'object' && labels.has(plainSpelling(String(value))),
      ),
    hasObjects: (column) =>
      nearlyAll(column, (value) => begins(value, '{') ?? !Array.isArray(value)),
    hasJson: (column) => nearlyAll(column, (value) => begins(value, '{[') ?? true),
  }
}

/** Whether a text begins with one of the signs; null for a value that is no text, but may have parts. */
function begins(value: Cell, signs: string): boolean | null {
  if (typeof value === 'string') return signs.includes(value.trimStart().charAt(0) || ' ')
  return typeof value === 'object' ? null : false
}
