import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'

/** The value of a cell: text, or any JSON value. An empty cell is null. */
export const cell = z.union([z.string(), z.json()])
export type Cell = z.infer<typeof cell>
export type JsonObject = Readonly<Record<string, Cell>>

export const tableRow = z
  .object({
    /** Line or row number in the file, from 1. */
    place: z.number().int(),
    /** As many as there are columns. */
    cells: z.array(cell).readonly(),
    /** Why the row can't be used, regardless of what its columns mean; null if it can be. */
    problem: z.string().nullable(),
  })
  .readonly()
export type TableRow = z.infer<typeof tableRow>

/** A table as it was read from a file, before anybody says what its columns mean. */
export interface Table {
  /** Names, each once, in order. */
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
  /** What concerns the whole file; sentences. */
  readonly notices: readonly string[]
}

/** Names as they are in the file; none is empty, and none occurs twice. */
export function columnNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((raw, index) => {
    const name = plainHeading(raw) || `column ${index + 1}`
    let own = name
    for (let n = 2; taken.has(own); n += 1) own = `${name} (${n})`
    taken.add(own)
    return own
  })
}

/** A heading on one line, without space around it. */
export function plainHeading(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

/** A file without rows. */
export function emptyTable(name: string): AppError {
  return new AppError('document-empty', `${name} is empty. Choose a file with rows.`)
}

/** Whether a cell is empty. */
export function isBlank(value: Cell | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}
