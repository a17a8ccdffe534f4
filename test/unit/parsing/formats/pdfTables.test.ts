import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Page } from '../../../../src/shared/domain/page.ts'
import { writePdf, type PdfText } from '../../../helpers/fixtures/writePdf.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

const size = 10
const leading = 16

async function read(texts: readonly PdfText[]) {
  const { pages, layouts } = await parseDocument('a.pdf', writePdf([{ texts }]))
  const [page] = pages
  if (page === undefined) throw new Error('There is no page.')
  return { page, runs: layouts[0]?.runs ?? [] }
}

/** Rows of cells from `top` on, a column every 110 points; cells that are figures end at its right edge. */
function drawnRows(rows: readonly (readonly string[])[], top = 100, bold = 0): readonly PdfText[] {
  return rows.flatMap((cells, row) =>
    cells.flatMap((text, column) => {
      // Of Helvetica: figures are 0.556 wide, the signs between them half as much.
      const width = (text.length + text.replace(/[.,]/gu, '').length) * size * 0.278
      const x = 60 + column * 110 + (/^[\d.,]+$/u.test(text) ? 80 - width : 0)
      return text === '' ? [] : [{ x, y: top + row * leading, text, size, bold: row < bold }]
    }),
  )
}

/** The cells of each table of a page, by column. */
function tablesOf({ text, blocks, tables = [] }: Page) {
  return tables.map(({ from, to, columns, headings }) => ({
    columns,
    headings,
    rows: blocks.slice(from, to).map(({ start, cells = [] }) => {
      const row: string[] = []
      for (let at = 0; at < cells.length; at += 3) {
        const [column = 0, offset = 0, length = 0] = cells.slice(at, at + 3)
        while (row.length < column) row.push('')
        row.push(text.slice(start + offset, start + offset + length))
      }
      return row
    }),
  }))
}

describe('a table of a PDF', () => {
  it('keeps a label whole that is wrapped in the first column', async () => {
    const rows = [
      ['Station', 'High', 'Low'],
      ['Utsira', '1.42', '0.31'],
      ['Bergen, inner', '1.80', '0.42'],
    ]
    const texts = [
      ...drawnRows(rows),
      { x: 60, y: 100 + 2 * leading + 11, text: 'basin', size },
      ...drawnRows([['Stad', '2.05', '0.50']], 100 + 3 * leading + 16),
    ]
    const [table] = tablesOf((await read(texts)).page)
    expect(table?.rows.slice(-2)).toEqual([
      ['Bergen, inner basin', '1.80', '0.42'],
      ['Stad', '2.05', '0.50'],
    ])
  })

  it('has headings where figures are below words, and cells in columns', async () => {
    const rows = [
      ['Article', 'Quantity', 'Price'],
      ['Oak beam', '12', '340.50'],
      ['Pine board', '250', '8.20'],
      ['Door frame', '3', '96.00'],
    ]
    const { page } = await read(drawnRows(rows))
    expect(tablesOf(page)).toEqual([{ columns: rows[0], headings: 1, rows }])
    expect(page.text).toContain('Oak beam | 12 | 340.50')
  })

  it('has headings where they are set in bold', async () => {
    const rows = [
      ['Name', 'Town'],
      ['Anna', 'Bergen'],
      ['Lars', 'Oslo'],
    ]
    const [plain] = tablesOf((await read(drawnRows(rows))).page)
    expect(plain?.columns).toEqual(['Name', 'Town'])
    const other = [['Crew', 'Home'], ...rows.slice(1)]
    expect(tablesOf((await read(drawnRows(other))).page)).toMatchObject([{ headings: 0 }])
    const marked = tablesOf((await read(drawnRows(other, 100, 1))).page)
    expect(marked).toEqual([{ columns: ['Crew', 'Home'], headings: 1, rows: other }])
  })

  it('keeps blank cells blank, so that each figure stays in its column', async () => {
    const rows = [
      ['Account', 'Debit', 'Credit'],
      ['Rent', '', '900.00'],
      ['Wages', '2,400.00', ''],
      ['Power', '310.25', '12.00'],
    ]
    const [table] = tablesOf((await read(drawnRows(rows))).page)
    expect(table?.rows[1]).toEqual(['Rent', '', '900.00'])
    expect(table?.rows[2]).toEqual(['Wages', '2,400.00'])
    expect(table?.columns).toEqual(['Account', 'Debit', 'Credit'])
  })

  it('has a wrapped cell as one', async () => {
    const notes = [
      ...drawnRows([['Pump', 'Runs dry when the']], 100),
      { x: 170, y: 112, text: 'inlet is closed', size },
      ...drawnRows([['Valve', 'Sticks']], 134),
      ...drawnRows([['Rotor', 'Blocked']], 156),
    ]
    expect(tablesOf((await read(notes)).page)).toMatchObject([
      {
        rows: [
          ['Pump', 'Runs dry when the inlet is closed'],
          ['Valve', 'Sticks'],
          ['Rotor', 'Blocked'],
        ],
      },
    ])
  })

  it('has a small sign that begins a cell in its cell', async () => {
    const rows = [
      ['Blind', 'Claimed by the husband'],
      ['Old', 'Claimed by the wife'],
    ]
    const boxes = rows.map((_, row) => ({ x: 170, y: 98 + row * leading, text: '[ ]', size: 6 }))
    const texts = drawnRows(rows).flatMap((text, at) =>
      at % 2 === 0 ? [text] : [...boxes.slice((at - 1) / 2, (at + 1) / 2), { ...text, x: 181 }],
    )
    const [table] = tablesOf((await read(texts)).page)
    expect(table?.rows.map(([, cell]) => cell?.startsWith('[ ] Claimed'))).toEqual([true, true])
  })

  it('keeps the cells of rows that form no columns, and names nothing', async () => {
    const texts = [
      { x: 60, y: 100, text: 'Boat hire', size },
      { x: 130, y: 100, text: 'by the hour or the day', size },
      { x: 80, y: 116, text: 'twelve of them', size },
      { x: 300, y: 116, text: 'in summer', size },
    ]
    const [table] = tablesOf((await read(texts)).page)
    expect(table?.columns).toEqual([])
    expect(table?.rows.flat().filter((cell) => cell !== '')).toEqual(texts.map(({ text }) => text))
  })

  const word = fc.constantFrom('oak', 'pine beam', 'Anna', 'x-200', 'total', 'n/a', 'Été')
  const figure = fc.oneof(fc.nat(99_999).map(String), fc.constantFrom('3.50', '1,204', '0'))
  const grids = fc.array(fc.boolean(), { minLength: 2, maxLength: 4 }).chain((figures) =>
    fc.array(fc.tuple(...figures.map((isFigure) => (isFigure ? figure : word))), {
      minLength: 2,
      maxLength: 7,
    }),
  )

  it('is the same grid when it is read back', async () => {
    await fc.assert(
      fc.asyncProperty(grids, fc.constantFrom('rows', 'from the right'), async (rows, drawing) => {
        const texts = drawnRows(rows)
        const { page, runs } = await read(
          drawing === 'rows' ? texts : [...texts].reverse().sort((a, b) => a.y - b.y),
        )
        expect(tablesOf(page).flatMap((table) => table.rows)).toEqual(rows)
        // Each box on the page belongs to the text that is drawn in it.
        const drawn = runs.map(({ start, end }) => page.text.slice(start, end))
        expect(drawn.join(' ').split(/\s+/u).sort()).toEqual(
          rows.flat().join(' ').split(' ').sort(),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('loses no cell, wherever cells are', async () => {
    const cell = fc.record({
      x: fc.integer({ min: 40, max: 480 }),
      row: fc.integer({ min: 0, max: 7 }),
      text: fc.oneof(word, figure),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 20 }), async (cells) => {
        const texts = cells
          .map(({ x, row, text }) => ({ x, y: 100 + row * 24, text, size }))
          .sort((one, other) => one.y - other.y || one.x - other.x)
        const apart = texts.filter(
          (one, at) =>
            !texts.some(
              (other, index) => index < at && other.y === one.y && Math.abs(other.x - one.x) < 80,
            ),
        )
        const { page, runs } = await read(apart)
        const found = page.text.split(/[\s|]+/u).filter((part) => part !== '')
        expect(found.sort()).toEqual(apart.flatMap(({ text }) => text.split(' ')).sort())
        for (const { start, end } of runs) expect(page.text.slice(start, end)).not.toContain('|')
        for (const row of tablesOf(page).flatMap((table) => table.rows)) {
          for (const text of row) expect(text).not.toMatch(/[|\n]/u)
        }
      }),
      { numRuns: 60 },
    )
  })

  const sentence =
    'the sauna of the club is open on every day but Monday during the winter and the key is kept by the cook who sells wood in the yard behind the house where boats are stored until spring'.split(
      ' ',
    )

  it('is never two columns of prose, drawn line by line', async () => {
    const column = fc.tuple(fc.nat(30), fc.integer({ min: 4, max: 9 }))
    await fc.assert(
      fc.asyncProperty(column, column, async ([one, lines], [other]) => {
        const lineOf = (from: number, row: number): string =>
          Array.from(
            { length: 6 },
            (_, at) => sentence[(from + row * 6 + at) % sentence.length],
          ).join(' ')
        const texts = Array.from({ length: lines }, (_, row) => [
          { x: 50, y: 100 + row * 13, text: lineOf(one, row), size },
          { x: 320, y: 100 + row * 13, text: lineOf(other, row), size },
        ]).flat()
        const { page } = await read(texts)
        expect(page.tables ?? []).toEqual([])
        expect(page.text).not.toContain('|')
      }),
      { numRuns: 30 },
    )
  })
})
