import { writeXlsx } from 'hucre/xlsx'
import { writeOds } from 'hucre/ods'
import { describe, expect, it } from 'vitest'
import { writeEpub } from '../../../helpers/fixtures/writeEpub.ts'
import { shape, slideTable, writePptx } from '../../../helpers/fixtures/writePptx.ts'
import { blockLines, parseDocument } from '../../../helpers/parseDocument.ts'

describe('PowerPoint', () => {
  it('is read slide by slide in the order of the show: title, text, tables, then the notes', async () => {
    const bytes = writePptx([
      {
        shapes:
          shape('body', 'Swim', 'Sail') +
          slideTable([
            ['Boat', 'Seats'],
            ['Gull', '4'],
          ]) +
          shape(null, 'A free box.') +
          shape('ftr', 'The Lantern Hotel') +
          shape('title', 'The sea'),
        notes: shape('body', 'Say it slowly.') + shape('sldNum', '1'),
      },
      { shapes: shape('subTitle', 'The end') },
    ])
    const parsed = await parseDocument('a.pptx', bytes)
    expect(parsed.pages.map(({ page }) => page)).toEqual([1, 2])
    expect(blockLines(parsed)).toEqual([
      'heading1: The sea',
      'list-item: - Swim',
      'list-item: - Sail',
      'table-row: Boat | Seats',
      'table-row: Gull | 4',
      'paragraph: A free box.',
      'quote: Notes: Say it slowly.',
      'paragraph: The end',
    ])
  })

  it('keeps the number of a slide that has no text', async () => {
    const bytes = writePptx([{ shapes: '' }, { shapes: shape('title', 'Second') }])
    const { pages } = await parseDocument('a.pptx', bytes)
    expect(pages.map(({ page, text }) => [page, text])).toEqual([
      [1, ''],
      [2, 'Second'],
    ])
  })
})

describe('spreadsheets', () => {
  const rooms = [
    ['Prices of 2024', null, null],
    ['Room', 'Price', 'From'],
    ['Gull', 0.5, new Date('2024-05-01T00:00:00Z')],
    [null, null, null],
    ['Tern', 75, null],
  ]

  it('are read sheet by sheet; values are written as shown, with their headings', async () => {
    const bytes = await writeXlsx({
      sheets: [
        { name: 'Rooms', rows: rooms, columns: [{}, { numFmt: '0%' }, { numFmt: 'yyyy-mm-dd' }] },
        { name: 'Drafts', rows: [['secret']], hidden: true },
        { name: 'Empty', rows: [] },
        {
          name: 'Dogs',
          rows: [
            ['Dog', 'Fee'],
            ['small', true],
          ],
        },
      ],
    })
    const parsed = await parseDocument('a.xlsx', bytes)
    expect(parsed.pages).toHaveLength(3)
    expect(blockLines(parsed)).toEqual([
      'heading1: Rooms',
      'table-row: Prices of 2024',
      'table-row: Room: Gull; Price: 50%; From: 2024-05-01',
      'table-row: Room: Tern; Price: 7500%',
      'heading1: Dogs',
      'table-row: Dog: small; Fee: TRUE',
    ])
  })

  it('of OpenDocument are read as well', async () => {
    const bytes = await writeOds({
      sheets: [
        {
          name: 'Dogs',
          rows: [
            ['Dog', 'Fee'],
            ['small', 12],
          ],
        },
      ],
    })
    expect(blockLines(await parseDocument('a.ods', bytes))).toEqual([
      'heading1: Dogs',
      'table-row: Dog: small; Fee: 12',
    ])
  })

  it('are refused if they unpack to more than the limit', async () => {
    const bytes = await writeXlsx({ sheets: [{ name: 'A', rows: [['x'.repeat(100_000)]] }] })
    await expect(parseDocument('a.xlsx', bytes, { unpackedBytes: 50_000 })).rejects.toMatchObject({
      code: 'document-too-large',
    })
  })
})

describe('e-books', () => {
  it('are read chapter by chapter in the order of the spine; blank ones are left out', async () => {
    const book = writeEpub([
      '<h1>One</h1><p>First&#160;text.</p>',
      '<div/>',
      '<p><a id="x"/>Second.</p>',
    ])
    const parsed = await parseDocument('a.epub', book)
    expect(parsed.pages.map(({ page }) => page)).toEqual([1, 2])
    expect(blockLines(parsed)).toEqual([
      'heading1: One',
      'paragraph: First text.',
      'paragraph: Second.',
    ])
  })

  it('are refused if they are protected, not if only their fonts are', async () => {
    const encryption = (uri: string) => ({
      name: 'META-INF/encryption.xml',
      data: `<encryption><EncryptedData><CipherData><CipherReference URI="${uri}"/></CipherData></EncryptedData></encryption>`,
    })
    const font = writeEpub(['<p>Text.</p>'], [encryption('OPS/font.otf')])
    expect(blockLines(await parseDocument('a.epub', font))).toEqual(['paragraph: Text.'])
    const locked = writeEpub(['<p>Text.</p>'], [encryption('OPS/text/chapter%201.xhtml')])
    await expect(parseDocument('a.epub', locked)).rejects.toMatchObject({
      code: 'document-encrypted',
    })
  })
})
