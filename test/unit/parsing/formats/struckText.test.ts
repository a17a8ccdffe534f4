import { writeXlsx } from 'hucre'
import type { Cell } from 'hucre/xlsx'
import { describe, expect, it, test } from 'vitest'
import type { ParsedPages } from '../../../../src/main/parsing/formats/format.ts'
import { leftOutWords } from '../../../../src/shared/domain/leftOut.ts'
import { writeDocxXml, type WordXml } from '../../../helpers/fixtures/writeDocx.ts'
import { writeEpub } from '../../../helpers/fixtures/writeEpub.ts'
import { writePptx } from '../../../helpers/fixtures/writePptx.ts'
import { blockLines, parseDocument } from '../../../helpers/parseDocument.ts'

const html = (body: string): Promise<ParsedPages> => parseDocument('a.html', Buffer.from(body))
const markdown = (text: string): Promise<ParsedPages> => parseDocument('a.md', Buffer.from(text))
const mail = (body: string): Promise<ParsedPages> =>
  parseDocument('a.eml', Buffer.from(`Subject: Fee\nContent-Type: text/html\n\n${body}`))
const word = (parts: WordXml): Promise<ParsedPages> => parseDocument('a.docx', writeDocxXml(parts))
const slide = (paragraphs: string): Promise<ParsedPages> => {
  const shapes = `<p:sp><p:txBody>${paragraphs}</p:txBody></p:sp>`
  return parseDocument('a.pptx', writePptx([{ shapes }]))
}

const run = (text: string, properties = ''): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
const shown = (text: string, attributes = ''): string =>
  `<a:r><a:rPr ${attributes}/><a:t>${text}</a:t></a:r>`

const fee = ['paragraph: The fee is 19 euros.']
const passages = (count: number) => [{ what: 'struck-text', count }]

describe('text that is struck through is left out and counted', () => {
  test.each<[string, () => Promise<ParsedPages>]>([
    ['<s>', () => html('<p>The fee is <s>25</s> 19 euros.')],
    ['<strike>', () => html('<p>The fee is <strike>25 <b>or</b> 30</strike> 19 euros.')],
    [
      'a style',
      () =>
        html(
          '<p>The fee is <span style="color: red; text-decoration: underline line-through">25</span> 19 euros.',
        ),
    ],
    [
      'a style of the line',
      () =>
        html(
          '<p style="text-decoration-line:line-through">The fee is 25.</p><p>The fee is 19 euros.',
        ),
    ],
    ['Markdown', () => markdown('The fee is ~~25~~ 19 euros.')],
    ['HTML in Markdown', () => markdown('The fee is <del>25 *now*</del> 19 euros.')],
    [
      'Word',
      () =>
        word({
          body: `<w:p>${run('The fee is ')}${run('25', '<w:strike/>')}${run(' ')}${run('or 30', '<w:dstrike w:val="1"/>')}${run(' 19 euros.')}</w:p>`,
        }),
    ],
    [
      'a style of Word',
      () =>
        word({
          body: `<w:p>${run('The fee is ')}${run('25 ', '<w:rStyle w:val="Old"/>')}${run('19 ', '<w:rStyle w:val="Old"/><w:strike w:val="0"/>')}${run('euros.', '<w:strike w:val="false"/>')}</w:p>`,
          styles:
            '<w:style w:type="character" w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style>',
        }),
    ],
    [
      'a slide',
      () =>
        slide(
          `<a:p>${shown('The fee is ')}${shown('25', 'strike="sngStrike"')}${shown(' 19 ', 'strike="noStrike"')}${shown('euros.')}</a:p>`,
        ),
    ],
  ])('%s', async (_where, read) => {
    const parsed = await read()
    expect(blockLines(parsed).map((line) => line.replace(/ {2,}/gu, ' '))).toEqual(fee)
    expect(parsed.leftOut).toEqual(passages(1))
  })

  it('in a chapter, and in a message', async () => {
    const book = writeEpub(['<p>The fee is <s>25</s> 19 euros.</p>'])
    const chapter = await parseDocument('a.epub', book)
    expect(chapter.leftOut).toEqual(passages(1))
    const message = await mail('<p>The fee is <s>25</s> 19 euros.')
    expect(blockLines(message)).toEqual(['heading1: Fee', ...fee])
    expect(message.leftOut).toEqual(passages(1))
  })

  it('in the words of its row', () => {
    expect(leftOutWords([{ what: 'struck-text', count: 3 }])).toBe(
      '3 struck-through passages were not read.',
    )
  })
})

describe('the places around text that is struck through', () => {
  it('are kept: numbers of a list, columns of a table', async () => {
    const struck = 'style="text-decoration:line-through"'
    const list = await html(`<ol><li>One<li ${struck}>Two<li>Three</ol><p>End`)
    expect(blockLines(list)).toEqual(['list-item: 1. One', 'list-item: 3. Three', 'paragraph: End'])
    const table = await html(
      `<table><tr><th>Zone<th>Old<th>New<tr><td>North<td ${struck}>25<td>19<tr ${struck}><td>East<td>1<td>2</table>`,
    )
    expect(blockLines(table)).toEqual(['table-row: Zone | Old | New', 'table-row: North |  | 19'])
    expect(table.leftOut).toEqual(passages(2))
  })

  it('are kept in a workbook, where a row that is gone ends no table', async () => {
    const font = { strikethrough: true }
    const old = (value: string | number) => ({ value, style: { font } })
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Fees',
          rows: [['Zone', 'Fee', 'Hours'], ['North', 19, 8], [], ['West', 12, 4]],
          cells: new Map<string, Partial<Cell>>([
            ['2,0', old('East')],
            ['2,1', old(25)],
            ['2,2', old(9)],
            ['3,2', old(4)],
            [
              '3,0',
              {
                value: 'Wes West',
                type: 'richText',
                richText: [{ text: 'Wes ', font }, { text: 'West' }],
              },
            ],
          ]),
        },
      ],
    })
    const parsed = await parseDocument('a.xlsx', bytes)
    expect(parsed.pages[0]?.tables).toHaveLength(1)
    expect(parsed.pages[0]?.text).toContain('North')
    expect(parsed.pages[0]?.text).toMatch(/West/u)
    expect(parsed.pages[0]?.text).not.toMatch(/East|25|Wes /u)
    expect(parsed.leftOut).toEqual(passages(3))
  })
})

describe('what is struck through after a tick is done, and is read', () => {
  test.each<[string, () => Promise<ParsedPages>]>([
    [
      'a box',
      () =>
        html('<ul><li><input type="checkbox" checked> <s>Oil the <b>hinges</b></s><li>Rest</ul>'),
    ],
    ['a tick', () => html('<ul><li>✓ <s>Oil the hinges</s><li>Rest</ul>')],
    ['Markdown', () => markdown('- [x] ~~Oil the hinges~~\n- Rest')],
    [
      'Word',
      () =>
        word({
          body: `<w:p>${run('☒')}${run(' ')}${run('Oil the ', '<w:strike/>')}${run('hinges', '<w:strike/>')}</w:p>`,
        }),
    ],
    [
      'a slide',
      () => slide(`<a:p>${shown('☑ ')}${shown('Oil the hinges', 'strike="sngStrike"')}</a:p>`),
    ],
  ])('%s', async (_where, read) => {
    const parsed = await read()
    expect(blockLines(parsed)[0]).toContain('Oil the hinges')
    expect(parsed.leftOut ?? []).toEqual([])
  })

  it('but not in the next line', async () => {
    const parsed = await html('<ul><li>✓ <s>Oil the hinges</s><li><s>Rest</s></ul>')
    expect(blockLines(parsed)).toEqual(['list-item: - ✓ Oil the hinges'])
    expect(parsed.leftOut).toEqual(passages(1))
  })
})

it('a single tilde is a sign of the text', async () => {
  expect(blockLines(await markdown('From 10~20 to 30~40 degrees.'))).toEqual([
    'paragraph: From 10~20 to 30~40 degrees.',
  ])
})
