import { expect, test } from 'vitest'
import { writeDocxXml } from '../../../helpers/fixtures/writeDocx.ts'
import { shape, writePptx } from '../../../helpers/fixtures/writePptx.ts'
import { blockLines, parseDocument } from '../../../helpers/parseDocument.ts'

async function read(name: string, content: string) {
  return parseDocument(name, new TextEncoder().encode(content))
}

// Each of these took from ten seconds to minutes; a test that hangs fails by the limit of all tests.
const overloaded: readonly (readonly [string, string])[] = [
  ['marks in one paragraph', '*a `…`**b'.repeat(20_000)],
  ['marks on many lines of one paragraph', '*a `…`**b\n'.repeat(20_000)],
  ['marks on lines that only look like a table', '| *a `…`**b |\n'.repeat(20_000)],
  ['marks in every paragraph', `${'*a_ '.repeat(2_400)}\n\n`.repeat(40).trim()],
  ['lines in one paragraph', `${'a\n'.repeat(200_000)}===`],
  ['brackets', '[a]('.repeat(50_000)],
  ['footnote marks', '[^a]'.repeat(50_000)],
  ['backticks', '`'.repeat(500_000)],
  ['quotations within quotations', `${'>'.repeat(50_000)} a`],
  ['lists within quotations', `${'> - '.repeat(30_000)}a`],
  [
    'lists within lists',
    Array.from({ length: 1_000 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n'),
  ],
  ['columns', ['|a', '|-', '|b'].map((cell) => cell.repeat(20_000)).join('\n')],
]

test.each(overloaded)('Markdown with too many %s is read as plain text', async (_what, source) => {
  const { pages } = await read('a.md', source)
  expect(pages.map(({ text }) => text)).toEqual([source])
})

test('long Markdown of usual structure is read as Markdown', async () => {
  const table = ['| *a* | `b` |', '| --- | --- |', ...Array<string>(1_500).fill('| *c* | `d` |')]
  const list = Array<string>(1_500).fill('- [link](https://example.org) and *mark*')
  const prose = Array<string>(300).fill('Some *marked* words.\n')
  const source = ['# Title', '', ...table, '', ...list, '', ...prose].join('\n')
  const lines = blockLines(await read('a.md', source))
  expect(lines.filter((line) => line.includes('*'))).toEqual([])
  expect(lines).toHaveLength(1 + 1 + 1_500 + 1_500 + 300)
})

test('tables within tables are read, however deep', async () => {
  const depth = 50_000
  const parsed = await read('a.html', `${'<table><tr><td>in '.repeat(depth)}end`)
  expect(parsed.pages[0]?.text.match(/\bin\b/g)).toHaveLength(depth)
})

const said = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`

test('a note and a comment are read once, however often they are referred to', async () => {
  const reference =
    '<w:p><w:r><w:t>Word</w:t><w:footnoteReference w:id="1"/><w:commentReference w:id="1"/></w:r></w:p>'
  const bytes = writeDocxXml({
    body: reference.repeat(3),
    footnotes: `<w:footnote w:id="1">${said('note')}</w:footnote>`,
    comments: `<w:comment w:id="1">${said('remark')}</w:comment>`,
  })
  const [first, ...others] = blockLines(await parseDocument('a.docx', bytes))
  expect(first).toBe('paragraph: Word[1]')
  expect(others.filter((line) => line.includes('note'))).toHaveLength(1)
  expect(others.filter((line) => line.includes('remark'))).toHaveLength(1)
  expect(others.filter((line) => line === 'paragraph: Word[1]')).toHaveLength(2)
})

test('a list has no more levels than Word has', async () => {
  const item = (level: string): string =>
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>item</w:t></w:r></w:p>`
  const level = (at: string): string =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="x."/></w:lvl>`
  const bytes = writeDocxXml({
    body: item('8') + item('9') + item('999999999'),
    numbering: `<w:abstractNum w:abstractNumId="0">${level('8')}${level('9')}${level('999999999')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`,
  })
  const lines = blockLines(await parseDocument('a.docx', bytes))
  expect(lines.map((line) => line.includes('x.'))).toEqual([true, false, false])
})

test('a slide that is listed again is read once', async () => {
  const slides = ['one', 'two'].map((text) => ({ shapes: shape(null, text) }))
  const bytes = writePptx(slides, ['s0', 's1', 's0', 's0'])
  const { pages } = await parseDocument('a.pptx', bytes)
  expect(pages.map(({ text }) => text)).toEqual(['one', 'two'])
})

test('attributes beyond all measure are left out', async () => {
  const many = Array.from({ length: 5_000 }, (_, index) => `a${String(index)}="1"`).join(' ')
  const bytes = writeDocxXml({
    body: `<w:p ${many} a="${'&amp;'.repeat(100_000)}"/>${said('text')}`,
  })
  expect(blockLines(await parseDocument('a.docx', bytes))).toEqual(['paragraph: text'])
})
