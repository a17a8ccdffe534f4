import Papa from 'papaparse'
import { declaredSeparator } from '../declaredSeparator.ts'
import { guessSeparator } from './guessSeparator.ts'
import { tabbedRows } from './tabbedRows.ts'
import { columnNames, type Table, type TableRow } from './table.ts'

/**
 * Unclosed quotes are repaired this many times; after that, quotes are read as ordinary characters.
 */
const maxRepairs = 50

/**
 * Reads CSV (RFC 4180, by papaparse) or text with tabs. The first row that isn't empty names the columns. A
 * quote that never closes would swallow the rest of the file: its line is skipped instead, and
 * reading continues after it.
 *
 * @param delimiter empty: found out from the text.
 */
export function readDelimited(text: string, delimiter: string): Table {
  const declared = declaredSeparator(text)
  const reading: Reading = { text, columns: undefined, rows: [], notices: [], line: 1 }
  let { from } = declared
  if (declared.separator !== null) reading.line += 1
  const separator = declared.separator ?? (delimiter === '' ? guessSeparator(text) : delimiter)
  if (separator === '\t') {
    from = readTabs(reading, from)
  }
  for (let repairs = 0; from < text.length; repairs += 1) {
    from = readFrom(reading, from, separator, repairs < maxRepairs)
  }
  const { columns = [], rows, notices } = reading
  const broken = rows.filter(({ problem }) => problem === brokenQuote).length
  if (broken > 0) {
    notices.push(
      `${broken === 1 ? 'A row has a quote' : `${broken} rows have quotes`} that never ${broken === 1 ? 'closes' : 'close'}. Write a quote inside of a cell twice (""), and put the cell in quotes.`,
    )
  }
  return { columns, rows, notices }
}

interface Reading {
  readonly text: string
  columns: readonly string[] | undefined
  readonly rows: TableRow[]
  readonly notices: string[]
  /** Of the row to come. */
  line: number
}

const brokenQuote = 'A quote opens in this line and never closes.'
const straySign = 'There is a quote in the middle of a cell, so cells may have run together.'

/** Tabs rarely occur in text, so that a quote within a cell needs no repair. */
function readTabs(reading: Reading, from: number): number {
  for (const { cells, lines } of tabbedRows(reading.text, from)) {
    addRow(reading, cells, null)
    reading.line += lines
  }
  return reading.text.length
}

/** @returns where to continue: the end, or after a line that was skipped. */
function readFrom(reading: Reading, start: number, delimiter: string, quoted: boolean): number {
  const { text } = reading
  let at = start
  let goOn = text.length
  Papa.parse<readonly string[]>(start === 0 ? text : text.slice(start), {
    delimiter,
    newline: '\n',
    ...(quoted ? {} : { quoteChar: '\0' }),
    step({ data, errors, meta }, parser) {
      const end = Math.min(start + meta.cursor, text.length)
      if (errors.some(({ code }) => code === 'MissingQuotes')) {
        const lineEnd = text.indexOf('\n', at)
        goOn = lineEnd === -1 ? text.length : lineEnd + 1
        addRow(reading, [text.slice(at, lineEnd === -1 ? text.length : lineEnd)], brokenQuote)
        reading.line += 1
        parser.abort()
        return
      }
      const stray = errors.some(({ code }) => code === 'InvalidQuotes')
      addRow(reading, data, stray ? straySign : null)
      reading.line += countLines(text, at, end)
      at = end
    },
  })
  return goOn
}

function addRow(reading: Reading, cells: readonly string[], problem: string | null): void {
  if (problem === null && cells.every((one) => one.trim() === '')) return
  const { columns, rows, line } = reading
  if (columns === undefined) {
    reading.columns = columnNames(cells)
    return
  }
  const tooMany = cells.slice(columns.length).some((one) => one.trim() !== '')
  rows.push({
    place: line,
    cells: columns.map((_, index) => cells[index] ?? null),
    problem:
      problem ??
      (tooMany
        ? `This row has ${cells.length} cells, but there are ${columns.length} columns. A cell that holds a separator must stand in quotes.`
        : null),
  })
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) {
    lines += 1
  }
  return lines
}
