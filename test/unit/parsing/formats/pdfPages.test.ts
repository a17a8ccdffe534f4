import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { inReadingOrder } from '../../../../src/main/parsing/formats/pdf/readingOrder.ts'
import type { Line } from '../../../../src/main/parsing/formats/pdf/line.ts'
import { collectVocabulary } from '../../../../src/main/parsing/formats/pdf/pageText.ts'
import {
  pageHeight,
  writePdf,
  type PdfPage,
  type PdfText,
} from '../../../helpers/fixtures/writePdf.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

async function textOf(pages: readonly PdfPage[]): Promise<readonly string[]> {
  const parsed = await parseDocument('a.pdf', writePdf(pages))
  return parsed.pages.map(({ text }) => text.replace(/\n+/gu, '\n'))
}

/** Pages with a line at the top, one in the middle and one at the bottom. */
function pagesOf(
  ...lines: readonly (readonly [top: string, middle: string, bottom: string])[]
): readonly PdfPage[] {
  return lines.map(([top, middle, bottom]) => ({
    texts: [
      { x: 72, y: 40, text: top, size: 9 },
      { x: 72, y: 400, text: middle },
      { x: 72, y: pageHeight - 36, text: bottom, size: 9 },
    ].filter(({ text }) => text !== ''),
  }))
}

const words = ['Anchor', 'Barrel', 'Candle', 'Dinghy', 'Engine']

describe('lines that return on each page', () => {
  const kept = [
    ['invoice numbers', (at: number) => `Invoice 2024-100${at}`],
    ['amounts', (at: number) => `Amount due: ${400 + at * 37} kr`],
    ['articles, though they count with the pages', (at: number) => `Article ${at + 1}`],
    ['rooms', (at: number) => `Room ${at + 1}`],
    ['certificates', (at: number) => `Certificate ${100 + at}`],
    ['dates', (at: number) => `Meeting of ${at + 3} May 2024`],
    ['sentences', () => 'Changes need the consent of two thirds.'],
  ] as const

  test.each(kept)('are kept where they say something: %s', async (_what, line) => {
    const pages = pagesOf(...words.map((word, at) => [line(at), word, ''] as const))
    const read = await textOf(pages)
    expect(read).toEqual(words.map((word, at) => `${line(at)}\n${word}`))
  })

  const numbers = [
    ['alone', (at: number) => String(at + 1)],
    ['with a word', (at: number) => `Page ${at + 1}`],
    ['with the count of all', (at: number) => `Seite ${at + 1} von 5`],
    ['between signs', (at: number) => `– ${at + 13} –`],
    ['beside a running title', (at: number) => `Proceedings of the harbour society ${at + 117}`],
    ['in Russian', (at: number) => `стр. ${at + 1}`],
  ] as const

  test.each(numbers)('are left out where they number the pages: %s', async (_what, line) => {
    const pages = pagesOf(...words.map((word, at) => ['', word, line(at)] as const))
    expect(await textOf(pages)).toEqual(words)
  })

  it('and are the same are kept where they are first', async () => {
    const pages = pagesOf(...words.map((word) => ['Annual report', word, ''] as const))
    expect((await textOf(pages)).join('\n')).toBe(['Annual report', ...words].join('\n'))
  })

  it('never leave a page without its words', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('Room', 'Page', 'Anchor', 'Total 3', 'Room 2'), {
          minLength: 3,
          maxLength: 6,
        }),
        fc.nat(50),
        async (lines, first) => {
          const pages = lines.map((line, at) => ({
            texts: [{ x: 72, y: 40, text: `${line} ${first + at}`, size: 9 }],
          }))
          const read = await textOf(pages)
          read.forEach((text, at) => {
            if (!lines.includes('Page')) expect(text).toBe(`${lines[at] ?? ''} ${first + at}`)
          })
        },
      ),
    )
  })
})

describe('what was written onto a page after it was made', () => {
  const at = (y: number, left = 180, right = 420): string =>
    `/Rect [${left} ${pageHeight - y - 4} ${right} ${pageHeight - y + 14}]`

  it('is read beside its label', async () => {
    const texts = ['Surname:', 'Amount claimed:', 'Insured:', 'Kind:', 'Secret:'].map(
      (text, row) => ({
        ...{ x: 72, y: 100 + row * 30, text },
      }),
    )
    const annotations = [
      `/Subtype /Widget /FT /Tx /T (a) /V (Brekke) ${at(100)}`,
      `/Subtype /Widget /FT /Tx /T (b) /V (3,450 EUR) ${at(130)}`,
      `/Subtype /Widget /FT /Btn /T (c) /V /Yes /AS /Yes /AP << /N << /Yes null /Off null >> >> ${at(160, 180, 196)}`,
      `/Subtype /Widget /FT /Ch /T (d) /V (Flood) /Opt [(Fire) (Flood)] ${at(190)}`,
      `/Subtype /Widget /FT /Tx /Ff 8192 /T (e) /V (swordfish) ${at(220)}`,
    ]
    const [text = ''] = await textOf([{ texts, annotations }])
    expect(text).toContain('Surname: | Brekke')
    expect(text).toContain('Amount claimed: | 3,450 EUR')
    expect(text).toContain('Kind: | Flood')
    expect(text).not.toContain('swordfish')
  })

  it('is read as text where it was typed, as a comment where it is one, and not where it is hidden', async () => {
    const annotations = [
      `/Subtype /FreeText /Contents (Rent was lowered to 900 EUR) ${at(300)}`,
      `/Subtype /Text /T (Ines) /Contents (Is the cellar included?) ${at(330)}`,
      `/Subtype /Highlight /QuadPoints [180 490 420 490 180 472 420 472] /Contents (Check this) ${at(360)}`,
      `/Subtype /Text /F 2 /Contents (Never shown) ${at(390)}`,
      `/Subtype /Popup /Contents (Window of a comment) ${at(420)}`,
    ]
    const [text = ''] = await textOf([
      { texts: [{ x: 72, y: 100, text: 'Contract' }], annotations },
    ])
    expect(text.split('\n')).toEqual([
      'Contract',
      'Rent was lowered to 900 EUR',
      'Comment by Ines: Is the cellar included?',
      'Comment: Check this',
    ])
  })
})

describe('what is printed on a page as its number', () => {
  const pages = ['Title', 'Preface', 'Chapter', 'Notes'].map((text) => ({
    texts: [{ x: 72, y: 100, text }],
  }))
  const labelsOf = async (pageLabels: Readonly<Record<number, string>>) =>
    (await parseDocument('a.pdf', writePdf(pages, { pageLabels }))).pages.map(({ label }) => label)

  it('is kept with the page where it is not its number', async () => {
    expect(await labelsOf({ 0: '/S /r', 2: '/S /D /St 3', 3: '/P (Notes )' })).toEqual([
      'i',
      'ii',
      undefined,
      'Notes',
    ])
  })

  it('is its number where the file says nothing that could be printed there', async () => {
    const none = [undefined, undefined, undefined, undefined]
    expect(await labelsOf({ 0: '' })).toEqual(none)
    expect(await labelsOf({ 0: `/P (${'A sentence. '.repeat(9)})` })).toEqual(none)
    expect(await labelsOf({ 0: '/S /Nonsense' })).toEqual(none)
  })
})

describe('lines of a page', () => {
  const row = (y: number, cells: readonly (readonly [number, string])[]): readonly PdfText[] =>
    cells.map(([x, text]) => ({ x, y, text, size: 10 }))

  it('set small above or below the line never join the digits beside them', async () => {
    const texts = [
      { x: 72, y: 100, text: 'The sample held 10', size: 11 },
      { x: 169, y: 96, text: '6', size: 7 },
      { x: 174, y: 100, text: 'bacteria.', size: 11 },
    ]
    expect(await textOf([{ texts }])).toEqual(['The sample held 10⁶ bacteria.'])
  })

  it('drawn from the right are read from the left', async () => {
    const texts = [
      ...row(100, [
        [420, '37,499.96'],
        [230, 'Director'],
        [72, 'Bain, J.'],
      ]),
      ...row(118, [
        [420, '21,000.00'],
        [230, 'Writer'],
        [72, 'Smith, A.'],
      ]),
    ]
    expect(await textOf([{ texts }])).toEqual([
      'Bain, J. | Director | 37,499.96\nSmith, A. | Writer | 21,000.00',
    ])
  })

  it('of a table drawn column by column are read row by row', async () => {
    const columns: readonly (readonly [number, readonly string[]])[] = [
      [72, ['Bain, J.', 'Smith, A.', 'Armer, D.']],
      [230, ['Director', 'Writer', 'Cook']],
      [420, ['37,499.96', '21,000.00', '12,111.06']],
    ]
    const texts = columns.flatMap(([x, cells]) =>
      cells.map((text, at) => ({ x, y: 100 + at * 18, text, size: 10 })),
    )
    expect(await textOf([{ texts }])).toEqual([
      'Bain, J. | Director | 37,499.96\nSmith, A. | Writer | 21,000.00\nArmer, D. | Cook | 12,111.06',
    ])
  })

  const left = [
    'The sauna of the club is open on',
    'every day but Monday during the',
    'winter, and the key is kept by the',
    'cook, who sells wood.',
  ]
  const right = [
    'The pool of the club is heated',
    'from May until the end of autumn',
    'and the water is changed on the',
    'first Friday of each month.',
  ]

  it('of two columns of prose drawn line by line are read column by column', async () => {
    const texts = left.flatMap((text, at) =>
      row(100 + at * 13, [
        [60, text],
        [320, right[at] ?? ''],
      ]),
    )
    expect(await textOf([{ texts }])).toEqual([`${left.join(' ')}\n${right.join(' ')}`])
  })

  it('of two columns stay two columns beside a turned stamp', () => {
    const line = (text: string, x: number, y: number, turns = 0): Line => ({
      ...{ text, runs: [], turns, left: x, right: x + text.length * 4.5, baseline: y },
      ...{ size: 10, font: 'a', hasCells: false, cells: [] },
    })
    const column = (x: number, lines: readonly string[]): readonly Line[] =>
      lines.map((text, at) => line(text, x, 100 + at * 13))
    const stamp = line('Stamped copy 7', -540, 30, 3)
    const ordered = inReadingOrder([...column(320, right), stamp, ...column(60, left)])
    expect(ordered.map(({ text }) => text)).toEqual([...left, ...right, 'Stamped copy 7'])
  })

  it('set wide are words, but not the letters of an alphabet', async () => {
    const texts = ['F I S K E T O R G', 'A B C D E'].map((text, at) => ({
      x: 72,
      y: 100 + at * 40,
      text,
    }))
    expect((await textOf([{ texts }])).join('\n').split('\n')).toEqual(['FISKETORG', 'A B C D E'])
  })

  const ends = [
    ['a number goes on', 'under the number 0700-311-', '0264 on working days', '0700-311-0264'],
    ['years go on', 'in the years 2016-', '2018 and met', '2016-2018'],
    ['a compound of two words', 'made with the noise-', 'reducing glass', 'noise-reducing'],
    ['a word after a letter', 'the rack takes one e-', 'bike of the club', 'e-bike'],
    ['what is always hyphenated', 'made of a non-', 'slip stone', 'non-slip'],
    ['a syllable', 'lit by the por-', 'ter of the house', 'porter'],
  ] as const

  test.each(ends)('that end in a hyphen: %s', async (_what, above, below, word) => {
    const texts = [above, below].map((text, at) => ({ x: 72, y: 100 + at * 14, text }))
    expect((await textOf([{ texts }])).join('\n')).toContain(word)
  })

  it('of a text set in full lines part words', () => {
    const line = (text: string, end: number): Line => ({
      ...{ text, runs: [], turns: 0, left: 72, right: end, baseline: 100 },
      ...{ size: 10, font: 'a', hasCells: false, cells: [] },
    })
    const lines = [
      'The harbour office gives all the infor-',
      'mation that a crew may need in winter,',
      'and lists the berths that are unused.',
    ]
    const hyphenates = (...edges: readonly number[]): boolean =>
      collectVocabulary(lines.map((text, at) => line(text, edges[at] ?? 0))).hyphenates
    expect(hyphenates(400, 400.4, 399.8)).toBe(true)
    expect(hyphenates(400, 371, 352)).toBe(false)
  })
})
