import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ParsedPages } from '../../../../src/main/parsing/formats/format.ts'
import { writeDocxXml } from '../../../helpers/fixtures/writeDocx.ts'
import { blockLines, parseDocument } from '../../../helpers/parseDocument.ts'

/** A table as both formats write it: a cell is text, and may have a table between two texts. */
type Cell = string | { readonly before: string; readonly inner: Table; readonly after: string }
type Table = readonly (readonly Cell[])[]

const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`

/** Its first row is marked as headings. */
interface Marked {
  readonly headings?: boolean
}

function word(table: Table, { headings = false }: Marked = {}): string {
  const cell = (one: Cell): string =>
    typeof one === 'string'
      ? paragraph(one)
      : paragraph(one.before) + word(one.inner) + paragraph(one.after)
  const rows = table.map(
    (cells, at) =>
      `<w:tr>${at === 0 && headings ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${cells.map((one) => `<w:tc>${cell(one)}</w:tc>`).join('')}</w:tr>`,
  )
  return `<w:tbl>${rows.join('')}</w:tbl>`
}

function html(
  table: Table,
  { headings = false }: Marked = {},
  end = (name: string): string => `</${name}>`,
): string {
  const cell = (one: Cell): string =>
    typeof one === 'string' ? one : one.before + html(one.inner, {}, end) + one.after
  const rows = table.map((cells, at) => {
    const name = at === 0 && headings ? 'th' : 'td'
    return `<tr>${cells.map((one) => `<${name}>${cell(one)}${end(name)}`).join('')}${end('tr')}`
  })
  return `<table>${rows.join('')}</table>`
}

function readWord(body: string): Promise<ParsedPages> {
  return parseDocument('a.docx', writeDocxXml({ body }))
}

function readHtml(text: string): Promise<ParsedPages> {
  return parseDocument('a.html', Buffer.from(text))
}

/** What the columns of each table are called. */
function columnsOf({ pages }: ParsedPages): readonly (readonly string[])[] {
  return pages.flatMap(({ tables = [] }) => tables.map(({ columns }) => columns))
}

const prices = [
  ['Adult', '4.50'],
  ['Child', '2.00'],
]
const zones: Table = [
  ['Zone', 'Prices', 'Closed'],
  ['North', { before: 'In summer:', inner: prices, after: 'Ask in winter.' }, 'Mondays'],
  ['South', 'Free', 'Never'],
]
const page: Table = [['Welcome', { before: 'Prices', inner: prices, after: 'Cash only.' }]]

describe.each([
  ['Word', (table: Table, marked?: Marked) => readWord(word(table, marked))],
  ['HTML', (table: Table, marked?: Marked) => readHtml(html(table, marked))],
  [
    'HTML without end tags',
    (table: Table, marked?: Marked) => readHtml(html(table, marked, () => '')),
  ],
])('a table in a cell of %s', (_format, read) => {
  it('interrupts its row, whose label is repeated after it', async () => {
    const parsed = await read(zones, { headings: true })
    expect(columnsOf(parsed)).toEqual([zones[0], [], zones[0]])
    expect(blockLines(parsed)).toEqual([
      'table-row: Zone | Prices | Closed',
      'table-row: North | In summer:',
      'table-row: Adult | 4.50',
      'table-row: Child | 2.00',
      'table-row: North | Ask in winter. | Mondays',
      'table-row: South | Free | Never',
    ])
  })

  it('makes paragraphs of a row that only lays out a page', async () => {
    expect(blockLines(await read(page))).toEqual([
      'paragraph: Welcome',
      'paragraph: Prices',
      'table-row: Adult | 4.50',
      'table-row: Child | 2.00',
      'paragraph: Cash only.',
    ])
  })

  it('is read in order, nothing of it lost or twice but labels', async () => {
    let count = 0
    const text = fc.constant(null).map(() => `w${(count += 1)}`)
    const { table } = fc.letrec<{ cell: Cell; table: Table }>((tie) => ({
      cell: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        text,
        fc.record({ before: text, inner: tie('table'), after: text }),
      ),
      table: fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
        .chain(([rows, columns]) =>
          fc.array(fc.array(tie('cell'), { minLength: columns, maxLength: columns }), {
            minLength: rows,
            maxLength: rows,
          }),
        ),
    }))
    await fc.assert(
      fc.asyncProperty(table, async (one) => {
        const written = wordsOf(one)
        const text = blockLines(await read(one)).join(' ')
        const found = [...text.matchAll(/\bw\d+/gu)].map(([each]) => each)
        const first = found.filter((each, at) => found.indexOf(each) === at)
        expect([...first].sort()).toEqual([...written].sort())
        // Column names and labels come again; of the rest each is behind the one before it.
        const once = written.filter((each) => found.filter((other) => other === each).length === 1)
        expect(found.filter((each) => once.includes(each))).toEqual(once)
      }),
      { numRuns: 60 },
    )
  })
})

function wordsOf(table: Table): readonly string[] {
  return table
    .flat()
    .flatMap((cell) =>
      typeof cell === 'string' ? [cell] : [cell.before, ...wordsOf(cell.inner), cell.after],
    )
}

describe('a table', () => {
  it('keeps a label that stretches over the rows below a table in its row', async () => {
    const parsed = await readHtml(
      `<table><tr><th>Zone<th>Price<th>Closed<tr><td rowspan="2">North<td>${html(prices)}<td>Mondays<tr><td>3.00<td>Sundays</table>`,
    )
    expect(blockLines(parsed).slice(-2)).toEqual([
      'table-row: North |  | Mondays',
      'table-row: North | 3.00 | Sundays',
    ])
  })

  it('keeps its columns where a cell around another table is wide', async () => {
    const wide = `<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${word(prices)}${paragraph('Both')}</w:tc>`
    const body = `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>${paragraph('Zone')}</w:tc><w:tc>${paragraph('Summer')}</w:tc><w:tc>${paragraph('Winter')}</w:tc><w:tc>${paragraph('Closed')}</w:tc></w:tr><w:tr><w:tc>${paragraph('North')}</w:tc>${wide}<w:tc>${paragraph('Mondays')}</w:tc></w:tr></w:tbl>`
    const { pages } = await readWord(body)
    const { blocks = [], text = '' } = pages[0] ?? {}
    const { start = 0, cells = [] } = blocks.at(-1) ?? {}
    const [column, from = 0, length = 0] = cells.slice(-3)
    expect([column, text.slice(start + from, start + from + length)]).toEqual([3, 'Mondays'])
  })

  it('is read within a text box and within content controls', async () => {
    const box = `<w:p><w:r><w:t>Above.</w:t></w:r><w:r><w:pict><v:shape><v:textbox><w:txbxContent>${paragraph('In the box')}${word(prices)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`
    const control = (content: string): string =>
      `<w:sdt><w:sdtPr><w:alias w:val="Name"/></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`
    const cell = (text: string): string => control(`<w:tc>${control(paragraph(text))}</w:tc>`)
    const row = (...texts: readonly string[]): string =>
      control(`<w:tr>${texts.map(cell).join('')}</w:tr>`)
    const table = control(`<w:tbl>${row('Adult', '4.50')}${row('Child', '2.00')}</w:tbl>`)
    expect(blockLines(await readWord(box + table))).toEqual([
      'paragraph: Above.',
      'paragraph: In the box',
      'table-row: Adult | 4.50',
      'table-row: Child | 2.00',
      'table-row: Adult | 4.50',
      'table-row: Child | 2.00',
    ])
  })

  it('loses what was deleted of it: rows with the tables in them, and cells', async () => {
    const inner: Table = [['Gone', 'too']]
    const deleted = `<w:tr><w:trPr><w:del/></w:trPr><w:tc>${word(inner)}<w:p/></w:tc><w:tc>${paragraph('Gone')}</w:tc></w:tr>`
    const cut = `<w:tr><w:tc>${paragraph('North')}</w:tc><w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p><w:del><w:r><w:t>Gone</w:t></w:r></w:del><w:r><w:t>Gone</w:t></w:r></w:p></w:tc><w:tc>${paragraph('Mondays')}</w:tc></w:tr>`
    const parsed = await readWord(`<w:tbl>${deleted}${cut}</w:tbl>`)
    expect(blockLines(parsed)).toEqual(['table-row: North |  | Mondays'])
    expect(parsed.leftOut).toEqual([{ what: 'deleted-text', count: 1 }])
  })
})
