import { describe, expect, it } from 'vitest'
import {
  defaultParseLimits,
  type ParseContext,
  type ParsedPages,
} from '../../../../src/main/parsing/formats/format.ts'
import { detectFormat, formats } from '../../../../src/main/parsing/formats/registry.ts'
import { keySentence, smallDocument, smallDocuments } from '../../../helpers/fixtures/documents.ts'

const context: ParseContext = {
  limits: defaultParseLimits,
  signal: new AbortController().signal,
  onPage: () => undefined,
}

function parse(name: string, bytes: Uint8Array): Promise<ParsedPages> {
  return detectFormat(name, bytes).parse(bytes, context)
}

function parseText(name: string, content: string): Promise<ParsedPages> {
  return parse(name, new TextEncoder().encode(content))
}

function blocksOf({ pages }: ParsedPages): readonly string[] {
  return pages.flatMap(({ text, blocks }) =>
    blocks.map(({ kind, level, start, end }) => `${kind}${level ?? ''}: ${text.slice(start, end)}`),
  )
}

describe('every format', () => {
  it.each(formats)('$id has a document to be tested with', ({ id }) => {
    expect(smallDocument(id).format).toBe(id)
  })

  it.each(smallDocuments)(
    '$name is read, whatever its name says',
    async ({ format, bytes, name }) => {
      expect(detectFormat(name, bytes).id).toBe(format)
      const { pages } = await parse(name, bytes)
      expect(pages.map(({ text }) => text).join('\n')).toContain(keySentence)
    },
  )

  it.each(smallDocuments)(
    '$name: blocks are in order and lie in the text',
    async ({ name, bytes }) => {
      for (const { text, blocks } of (await parse(name, bytes)).pages) {
        expect(blocks.length).toBeGreaterThan(0)
        let last = 0
        for (const { start, end } of blocks) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim())
          last = end
        }
      }
    },
  )
})

describe('what a file is', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['report.txt', '%PDF-1.4\n…', 'pdf'],
    ['page.txt', '<!DOCTYPE html><p>Hello', 'html'],
    ['readme', 'Just words.', 'text'],
    ['notes.md', '# Notes', 'markdown'],
    ['NOTES.MD', '# Notes', 'markdown'],
    ['list.tsv', 'a\tb', 'csv'],
    ['main.py', 'print(1)', 'text'],
    ['mail.txt', 'From: a@b.c\nTo: d@e.f\nMIME-Version: 1.0\n\nHello', 'eml'],
    ['slides.zip', 'PK\x03\x04ppt/presentation.xml', 'pptx'],
    ['book', 'PK\x03\x04mimetypeapplication/epub+zip', 'epub'],
  ]
  it.each(cases)('%s holding %j is %s', (name, content, format) => {
    expect(detectFormat(name, new TextEncoder().encode(content)).id).toBe(format)
  })

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['photo.pdf', '\x89PNG\r\n\x1a\n\0\0', /picture/],
    ['old.doc', `\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1${spaced('WordDocument')}`, /old Word file/],
    ['locked.docx', `\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1${spaced('EncryptedPackage')}`, /password/],
    ['slides.ppt', `\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1${spaced('PowerPoint Document')}`, /old Power/],
    ['sheet.xlsb', 'PK\x03\x04xl/workbook.bin', /binary Excel/],
    ['text.odt', 'PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text', /OpenDocument/],
    ['book.epub', 'no book at all', /damaged/],
    ['all.zip', 'PK\x03\x04letter.pdf', /zip archive/],
    ['all.rar', 'Rar!\x1A\x07\0', /RAR archive/],
    ['x.bin', 'ab\0\0\0cd\0', /another program/],
    ['x.pdf', 'no pdf at all', /damaged/],
  ]
  it.each(refused)('%s is refused with a reason', (name, content, reason) => {
    expect(() => detectFormat(name, Buffer.from(content, 'latin1'))).toThrow(reason)
  })

  function spaced(name: string): string {
    return name.split('').join('\0')
  }
})

describe('HTML', () => {
  it('leaves out what is not text, and keeps order and structure', async () => {
    const parsed = await parseText(
      'a.html',
      `<html><head><title>Title</title><script>no()</script></head><body>
      <nav>Menu</nav><h2>One &amp; two</h2><p>First<br>line <b>bold</b>.</p>
      <div hidden>secret<div>more</div></div><div style="display: none">secret</div>
      <ol><li>a<li>b<ul><li>c</ul></ol><pre>  x = 1
  y = 2</pre><blockquote>Said.</blockquote>
      <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><p>2</p></td></tr></table>`,
    )
    expect(blocksOf(parsed)).toEqual([
      'heading1: Title',
      'heading2: One & two',
      'paragraph: First\nline bold.',
      'list-item: 1. a',
      'list-item: 2. b',
      'list-item: - c',
      'code:   x = 1\n  y = 2',
      'quote: Said.',
      'table-row: A | B',
      'table-row: 1 | 2',
    ])
  })

  it('reads a page that is laid out in a table as a page', async () => {
    const parsed = await parseText(
      'a.html',
      '<table><tr><td>Left</td><td><h1>News</h1><p>Long text.</p></td></tr></table>',
    )
    expect(blocksOf(parsed)).toEqual(['paragraph: Left', 'heading1: News', 'paragraph: Long text.'])
  })

  it('reads a hundred thousand nested elements', async () => {
    const deep = 100_000
    const parsed = await parseText('a.html', `${'<div>'.repeat(deep)}deep${'</div>'.repeat(deep)}`)
    expect(blocksOf(parsed)).toEqual(['paragraph: deep'])
  })

  it('uses the encoding that the page names', async () => {
    const bytes = Buffer.concat([
      Buffer.from('<html><meta charset="windows-1251"><p>'),
      Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
    ])
    expect(blocksOf(await parse('a.html', bytes))).toEqual(['paragraph: Привет'])
  })
})

describe('Markdown', () => {
  it('stores what a reader sees', async () => {
    const parsed = await parseText(
      'a.md',
      `---
title: Keys
---

# *Keys* \`and\` locks

See [the **book**](https://x.y) ![a door](d.png) now.\\
Next line.

> Quoted.

1. one
2. two
   - deep

- [x] done

| A | B |
| - | - |
| 1 | ~~2~~ |

\`\`\`js
let a = 1
\`\`\`
<!-- hidden -->

<details><summary>More</summary><p>In a fold.</p></details>
`,
    )
    expect(blocksOf(parsed)).toEqual([
      'paragraph: title: Keys',
      'heading1: Keys and locks',
      'paragraph: See the book a door now.\nNext line.',
      'quote: Quoted.',
      'list-item: 1. one',
      'list-item: 2. two',
      'list-item: - deep',
      'list-item: - [x] done',
      'table-row: A | B',
      'table-row: 1 | 2',
      'code: let a = 1',
      'paragraph: More',
      'paragraph: In a fold.',
    ])
  })
})

describe('CSV', () => {
  it('names each value by its column', async () => {
    const parsed = await parseText(
      'a.csv',
      'Room;Price;Note\n"Gull; sea";90;\nTern;75;"quiet\nroom"\n',
    )
    expect(blocksOf(parsed)).toEqual([
      'table-row: Room: Gull; sea; Price: 90',
      'table-row: Room: Tern; Price: 75; Note: quiet room',
    ])
  })

  it('writes a table without headings as it is', async () => {
    const parsed = await parseText('a.csv', '1,2\n3,4\n')
    expect(blocksOf(parsed)).toEqual(['table-row: 1 | 2', 'table-row: 3 | 4'])
  })

  it('keeps the words of a table that has nothing but headings', async () => {
    expect(blocksOf(await parseText('a.csv', 'Room,Price\n'))).toEqual(['table-row: Room | Price'])
  })

  it('takes a separator that Excel names', async () => {
    const parsed = await parseText('a.csv', 'sep=;\nRoom;Price\nGull;90\n')
    expect(blocksOf(parsed)).toEqual(['table-row: Room: Gull; Price: 90'])
  })
})
