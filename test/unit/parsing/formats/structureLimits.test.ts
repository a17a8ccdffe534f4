import { expect, test } from 'vitest'
import { blockLines, parseDocument } from '../../../helpers/parseDocument.ts'

async function read(name: string, content: string) {
  return parseDocument(name, new TextEncoder().encode(content))
}

// Each of these took from ten seconds to minutes; a test that hangs fails by the limit of all tests.
const overloaded: readonly (readonly [string, string])[] = [
  ['marks in one paragraph', '*a `…`**b'.repeat(20_000)],
  ['marks on many lines of one paragraph', '*a `…`**b\n'.repeat(20_000)],
  ['marks on lines that only look like a table', '| *a `…`**b |\n'.repeat(20_000)],
  ['brackets', '[a]('.repeat(50_000)],
  ['footnote marks', '[^a]'.repeat(50_000)],
  ['backticks', '`'.repeat(500_000)],
  ['quotations within quotations', `${'>'.repeat(50_000)} a`],
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
