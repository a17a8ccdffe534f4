import type Papa from 'papaparse'
import { declaredSeparator } from '../../declaredSeparator.ts'

type Rows = readonly (readonly string[])[]

/** Share of rows that must have as many cells as most for the separator to be one. */
const mostlyEven = 0.6

/**
 * Reads the cells of comma-separated values (RFC 4180, and what programs make of it), blank rows
 * included: they part tables.
 */
export function readCells(papa: typeof Papa, text: string): Rows {
  const { separator, from } = declaredSeparator(text)
  const content = text.slice(from)
  const { data } = papa.parse<string[]>(content, {
    delimiter: separator ?? (hasTabs(content) ? '\t' : ''),
    ...(escapesByBackslash(content) ? { escapeChar: '\\' } : {}),
  })
  const rows = withoutDoubleSpacing(data)
  return separator === null && isOneColumn(rows) ? oneColumn(content) : rows
}

/** Lines that are looked at. */
const fewLines = 200

/** Whether each line has the same number of tabs, which no sentence has: commas are part of the cells. */
function hasTabs(text: string): boolean {
  const lines = text.split('\n', fewLines).filter((line) => line.trim() !== '')
  const [tabs = 0, ...others] = lines.map((line) => line.split('\t').length - 1)
  return tabs > 0 && others.every((count) => count === tabs)
}

/** `"He said \"stop\", then left"`: MySQL and others write quotes so. */
function escapesByBackslash(text: string): boolean {
  // The expression is slow, and nearly no file has such quotes.
  if (!text.includes('\\"')) return false
  return /(?:^|[,;\t|])"(?:[^"\\\n]|\\[^"])*\\"(?!\s*(?:[,;\t|\n]|$))/mu.test(text)
}

/** Where every other row is blank, the file only has two line ends for one. */
function withoutDoubleSpacing(rows: Rows): Rows {
  let filled = 0
  for (const row of rows) if (!isBlank(row)) filled += 1
  const isDouble =
    filled > 3 &&
    rows.length >= filled * 2 - 1 &&
    rows.every((row, at) => at === 0 || isBlank(row) || isBlank(rows[at - 1] ?? []))
  return isDouble ? rows.filter((row) => !isBlank(row)) : rows
}

function isBlank(row: readonly string[]): boolean {
  for (const cell of row) if (cell.trim() !== '') return false
  return true
}

/** A heading without separators above lines with some here and there: the commas are in sentences. */
function isOneColumn(rows: Rows): boolean {
  if (rows.find((row) => !isBlank(row))?.length !== 1) return false
  const filled = rows.filter((row) => !isBlank(row))
  if (filled.length < 2) return false
  const counts = new Map<number, number>()
  for (const { length } of filled.slice(1)) counts.set(length, (counts.get(length) ?? 0) + 1)
  const most = Math.max(...counts.values())
  return most / (filled.length - 1) < mostlyEven || (counts.get(1) ?? 0) === most
}

/** Lines as they are; one in quotes without them. */
function oneColumn(text: string): Rows {
  return text
    .split('\n')
    .map((line) => [/^"(.*)"$/u.exec(line)?.[1]?.replaceAll('""', '"') ?? line])
}
