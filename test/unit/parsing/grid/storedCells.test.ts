import fc from 'fast-check'
import { writeOds } from 'hucre/ods'
import { writeXlsx } from 'hucre/xlsx'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { Page } from '../../../../src/shared/domain/page.ts'
import { writeDocxXml } from '../../../helpers/fixtures/writeDocx.ts'
import { slideTable, writePptx } from '../../../helpers/fixtures/writePptx.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

type Rows = readonly (readonly string[])[]

/** Words, figures and blanks; no separators, so that each format can write them. */
const cell = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[A-Za-zÀ-ÿ]{1,8}( [a-z]{1,6})?$/) },
  { weight: 3, arbitrary: fc.integer({ min: -5_000, max: 500_000 }).map(String) },
  { weight: 1, arbitrary: fc.constant('') },
)

const grids: fc.Arbitrary<Rows> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }))
  .chain(([columns, rows]) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )
  .filter((rows) => rows.some((row) => row.some((text) => text !== '')))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const html = (rows: Rows): string =>
  `<table>${rows.map((row) => `<tr>${row.map((text) => `<td>${text}</td>`).join('\n')}</tr>`).join('\n')}</table>`
const word = (rows: Rows): string =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row.map((text) => `<w:tc><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`
const sheets = (rows: Rows) => ({
  sheets: [
    { name: 'Sheet', rows: rows.map((row) => row.map((text) => (text === '' ? null : text))) },
  ],
})

/** What writes a table in each format, and its name. */
const formats: readonly (readonly [string, (rows: Rows) => Promise<Uint8Array> | Uint8Array])[] = [
  ['a.xlsx', (rows) => writeXlsx(sheets(rows))],
  ['a.ods', (rows) => writeOds(sheets(rows))],
  ['a.csv', (rows) => bytes(Papa.unparse(rows.map((row) => [...row])))],
  ['a.html', (rows) => bytes(html(rows))],
  ['a.docx', (rows) => writeDocxXml({ body: word(rows) })],
  ['a.pptx', (rows) => writePptx([{ shapes: slideTable(rows) }])],
]

/** The cells of a page's tables as they were stored: their text, row by row. */
function storedRows({ text, blocks, tables = [] }: Page): readonly (readonly string[])[] {
  return tables.flatMap(({ from, to }) =>
    blocks.slice(from, to).map(({ start, cells = [] }) =>
      Array.from({ length: cells.length / 3 }, (_, index) => {
        const at = start + (cells[3 * index + 1] ?? NaN)
        return text.slice(at, at + (cells[3 * index + 2] ?? NaN))
      }),
    ),
  )
}

/** Every filled cell with how often it is there. */
function tally(rows: Rows): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of rows.flat()) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

describe.each(formats)('a table in %s', (name, write) => {
  it('keeps every cell: what is stored or names a column is what was written', async () => {
    await fc.assert(
      fc.asyncProperty(grids, async (rows) => {
        const { pages } = await parseDocument(name, await write(rows))
        const [page] = pages
        if (page === undefined) throw new Error('no page')
        const stored = tally(storedRows(page))
        const names = new Set((page.tables ?? []).flatMap(({ columns }) => columns))
        for (const [text, count] of tally(rows)) {
          expect(page.text).toContain(text)
          const named = [...names].some((one) => one.includes(text)) ? 1 : 0
          expect((stored.get(text) ?? 0) + named).toBeGreaterThanOrEqual(count)
        }
        expect([...stored.keys()].filter((text) => !rows.flat().includes(text))).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  it('has its rows in ranges that are in order and do not overlap', async () => {
    await fc.assert(
      fc.asyncProperty(grids, async (rows) => {
        const { pages } = await parseDocument(name, await write(rows))
        for (const { blocks, tables = [] } of pages) {
          let last = 0
          for (const { from, to, headings } of tables) {
            expect(from).toBeGreaterThanOrEqual(last)
            expect(headings).toBeLessThanOrEqual(to - from)
            last = to
          }
          for (const { start, end, cells = [] } of blocks) {
            let at = 0
            for (let index = 0; index < cells.length; index += 3) {
              expect(cells[index + 1]).toBeGreaterThanOrEqual(at)
              at = (cells[index + 1] ?? 0) + (cells[index + 2] ?? 0)
            }
            expect(at).toBeLessThanOrEqual(end - start)
          }
        }
      }),
      { numRuns: 10 },
    )
  })
})

it('a cell over several rows of a web page is stored in each of them, under its column', async () => {
  const source =
    '<table><tr><th>Zone</th><th colspan=2>Fee</th></tr><tr><td rowspan=2>Harbour</td><td>Car</td><td>7</td></tr><tr><td>Coach</td><td>25</td></tr></table>'
  const { pages } = await parseDocument('a.html', bytes(source))
  expect(pages.map(({ text }) => text)).toEqual([
    'Zone | Fee\nHarbour | Car | 7\nHarbour | Coach | 25',
  ])
  expect(pages[0]?.blocks.map(({ cells }) => cells?.filter((_, at) => at % 3 === 0))).toEqual([
    [0, 1],
    [0, 1, 2],
    [0, 1, 2],
  ])
  expect(pages[0]?.tables).toEqual([
    { from: 0, to: 3, columns: ['Zone', 'Fee', 'Fee'], headings: 1 },
  ])
})

it('spans that claim millions of columns cost nothing', async () => {
  const row = '<tr><td colspan=1000 rowspan=60000>a</td><td colspan=1000>b</td></tr>'
  const { pages } = await parseDocument('a.html', bytes(`<table>${row.repeat(2_000)}</table>`))
  expect(pages[0]?.blocks).toHaveLength(2_000)
})
