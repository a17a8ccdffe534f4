import { describe, expect, it } from 'vitest'
import type { ParsedPages } from '../../../../src/main/parsing/formats/format.ts'
import { blockLines, parseDocument } from '../../../helpers/parseDocument.ts'

function parseText(name: string, content: string): Promise<ParsedPages> {
  return parseDocument(name, new TextEncoder().encode(content))
}

describe('HTML', () => {
  it('leaves out what is not content, and keeps order and structure', async () => {
    const parsed = await parseText(
      'a.html',
      `<html><head><title>Title</title><script>no()</script></head><body>
      <nav>Menu</nav><h2>One &amp; two</h2><p>First<br>line <b>bold</b>.</p>
      <div hidden>secret<div>more</div></div><div style="display: none">secret</div>
      <ol><li>a<li>b<ul><li>c</ul></ol><pre>  x = 1
  y = 2</pre><blockquote>Said.</blockquote>
      <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><p>2</p></td></tr></table>`,
    )
    expect(blockLines(parsed)).toEqual([
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
    expect(blockLines(parsed)).toEqual([
      'paragraph: Left',
      'heading1: News',
      'paragraph: Long text.',
    ])
  })

  it('reads a hundred thousand nested elements', async () => {
    const deep = 100_000
    const parsed = await parseText('a.html', `${'<div>'.repeat(deep)}deep${'</div>'.repeat(deep)}`)
    expect(blockLines(parsed)).toEqual(['paragraph: deep'])
  })

  it('uses the encoding that the page names', async () => {
    const bytes = Buffer.concat([
      Buffer.from('<html><meta charset="windows-1251"><p>'),
      Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
    ])
    expect(blockLines(await parseDocument('a.html', bytes))).toEqual(['paragraph: Привет'])
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
| 1 | __2__ |

\`\`\`js
let a = 1
\`\`\`
<!-- hidden -->

<details><summary>More</summary><p>In a fold.</p></details>
`,
    )
    expect(blockLines(parsed)).toEqual([
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
  it('writes each value with its column', async () => {
    const parsed = await parseText(
      'a.csv',
      'Room;Price;Note\n"Gull; sea";90;\nTern;75;"quiet\nroom"\n',
    )
    expect(blockLines(parsed)).toEqual([
      'table-row: Room: Gull; sea; Price: 90',
      'table-row: Room: Tern; Price: 75; Note: quiet room',
    ])
  })

  it('writes a table without headings as it is', async () => {
    const parsed = await parseText('a.csv', '1,2\n3,4\n')
    expect(blockLines(parsed)).toEqual(['table-row: 1 | 2', 'table-row: 3 | 4'])
  })

  it('keeps the words of a table with headings only', async () => {
    expect(blockLines(await parseText('a.csv', 'Room,Price\n'))).toEqual([
      'table-row: Room | Price',
    ])
  })

  it('has the tabs of its lines for separators, however many commas its cells have', async () => {
    const parsed = await parseText(
      'a.tsv',
      'Question\tAnswer\nMay dogs come?\tYes, on a lead.\nIs there food?\tOnly coffee, no bread.\n',
    )
    expect(parsed.pages[0]?.text).toContain('Is there food? | Only coffee, no bread.')
  })

  it('uses the separator that Excel names', async () => {
    const parsed = await parseText('a.csv', 'sep=;\nRoom;Price\nGull;90\n')
    expect(blockLines(parsed)).toEqual(['table-row: Room: Gull; Price: 90'])
  })
})
