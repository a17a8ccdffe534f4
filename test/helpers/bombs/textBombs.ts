import { nested, times, type Bomb } from './bomb.ts'

const page = (body: string): string => `<!doctype html><html><body>${body}</body></html>`

const html: readonly Bomb[] = [
  {
    name: '100,000 divisions deep.html',
    bytes: () => page(nested('<div>', 'deep', '</div>', 100_000)),
  },
  {
    name: '100,000 tables deep.html',
    bytes: () => page(nested('<table><tr><td>', 'deep', '</td></tr></table>', 100_000)),
  },
  {
    name: '100,000 lists deep.html',
    bytes: () => page(nested('<ul><li>', 'deep', '</li></ul>', 100_000)),
  },
  { name: 'tags that never end.html', bytes: () => page(`text ${'<b><i><font '.repeat(100_000)}`) },
  { name: 'comments that never end.html', bytes: () => page(`text ${'<!-- '.repeat(400_000)}`) },
  {
    name: 'a million attributes.html',
    bytes: () => page(`<p ${times(1_000_000, (i) => `a${String(i)}=1 `)}>text</p>`),
  },
  {
    name: 'a million entities.html',
    bytes: () => page(`<p>${'&amp;&#x110000;'.repeat(500_000)}</p>`),
  },
  {
    name: 'a picture of 20 MB in an attribute.html',
    bytes: () => page(`<img src="data:image/png;base64,${'A'.repeat(20_000_000)}"><p>text</p>`),
  },
  {
    name: 'a script that never ends.html',
    bytes: () => page(`<p>text</p><script>${'<script></'.repeat(300_000)}`),
  },
]

const markdown: readonly Bomb[] = [
  {
    name: 'a list 100,000 levels deep.md',
    bytes: () => times(3_000, (level) => `${'  '.repeat(level)}- item\n`),
  },
  { name: 'quotations 100,000 levels deep.md', bytes: () => `${'>'.repeat(100_000)} deep\n` },
  { name: 'lists in quotations.md', bytes: () => `${'> - '.repeat(30_000)}deep\n` },
  { name: '200,000 brackets.md', bytes: () => nested('[', 'deep', ']', 100_000) },
  { name: 'links that never end.md', bytes: () => `text ${'[a]('.repeat(50_000)}` },
  { name: 'pictures that never end.md', bytes: () => `text ${'!['.repeat(50_000)}` },
  {
    name: 'half a megabyte of backticks.md',
    bytes: () => times(1_000, (i) => `${'`'.repeat(i)}a `),
  },
  { name: 'four megabytes of backticks.md', bytes: () => '`a`` '.repeat(900_000) },
  { name: 'emphasis that never ends.md', bytes: () => '*a `…`**b'.repeat(10_000) },
  {
    name: 'marks just below the limit.md',
    bytes: () => times(40, () => `${'*a_ '.repeat(2_400)}\n\n`),
  },
  {
    name: 'a table of 20,000 columns.md',
    bytes: () => `${'|a'.repeat(20_000)}|\n${'|-'.repeat(20_000)}|\n${'|b'.repeat(20_000)}|\n`,
  },
  {
    name: '50,000 definitions.md',
    bytes: () => times(50_000, (i) => `[a${String(i)}]: /${String(i)}\n`) + '[a1] text',
  },
  { name: 'angle brackets that never end.md', bytes: () => `text ${'<a '.repeat(100_000)}` },
  { name: 'addresses that never end.md', bytes: () => `text ${'a@'.repeat(200_000)}` },
  { name: 'a setext heading of 200,000 lines.md', bytes: () => `${'a\n'.repeat(200_000)}===\n` },
]

const emoji = '👩‍👩‍👧‍👦🏽'

const plain: readonly Bomb[] = [
  { name: '200,000 combining marks.txt', bytes: () => `a${'\u0301'.repeat(200_000)} text` },
  {
    name: 'one line of 200 MB.txt',
    *bytes() {
      const piece = Buffer.alloc(1024 * 1024, 'a ')
      for (let written = 0; written < 200; written += 1) yield piece
    },
  },
  { name: 'one line of 600 KB of Chinese.txt', bytes: () => '漢字日本語中文學'.repeat(25_000) },
  { name: 'one word of a megabyte.txt', bytes: () => 'x'.repeat(1_000_000) },
  { name: 'nothing but zeros.txt', bytes: () => new Uint8Array(1_000_000) },
  { name: 'right to left overrides.txt', bytes: () => 'a\u202E\u2066b\u202D'.repeat(50_000) },
  { name: 'two million empty lines.txt', bytes: () => `${'\n'.repeat(2_000_000)}text` },
  { name: 'emoji joined for ever.txt', bytes: () => `${emoji}\u200D`.repeat(20_000) },
  {
    name: 'surrogates without partners.txt',
    bytes: () => Buffer.from(`\uFEFF${'\uD800a '.repeat(50_000)}`, 'utf16le'),
  },
  { name: 'letters that grow eighteenfold.txt', bytes: () => 'ﷺ'.repeat(50_000) },
  { name: 'blanks that end no word.txt', bytes: () => `a${'\u200B'.repeat(300_000)}b text` },
  { name: 'sentences that never end.txt', bytes: () => 'Dr. e.g. 1. '.repeat(30_000) },
]

const tables: readonly Bomb[] = [
  {
    name: '20,000 columns.csv',
    bytes: () => times(50, (row) => times(20_000, (i) => `c${String(row + i)},`) + '\n'),
  },
  {
    name: 'a quotation mark that never closes.csv',
    bytes: () => `a,b\n"${'x,y\n'.repeat(500_000)}`,
  },
  { name: 'a million separators.csv', bytes: () => `a,b\n${','.repeat(1_000_000)}c\n` },
  { name: 'every separator at once.csv', bytes: () => 'a,b;c\td|e\n'.repeat(50_000) },
]

/** Web pages, Markdown, plain text and tables whose structure or characters exhaust a reader. */
export const textBombs: readonly Bomb[] = [...html, ...markdown, ...plain, ...tables]
