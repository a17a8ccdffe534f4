import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { farthestEnd, type PageLayout } from '../../../../src/shared/domain/page.ts'
import { splitSentences } from '../../../../src/shared/domain/sentences.ts'
import { setPdf } from '../../../helpers/fixtures/setPdf.ts'
import { pageHeight, writePdf, type PdfPage } from '../../../helpers/fixtures/writePdf.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

/** Lines from a place down the page. */
function lines(x: number, y: number, texts: readonly string[], size = 11): PdfPage['texts'] {
  return texts.map((text, at) => ({ x, y: y + at * size * 1.3, text, size }))
}

async function read(pages: readonly PdfPage[]) {
  const { pages: read, layouts } = await parseDocument('a.pdf', writePdf(pages))
  return { texts: read.map(({ text }) => text.split('\n\n')), pages: read, layouts }
}

const body = [
  'The ferry to the outer islands leaves the old pier at seven in the',
  'morning and again at noon. In winter it sails only if the ice between',
]
const rest = [
  'the islands carries nobody yet. Tickets are sold on board, and dogs',
  'travel for nothing if they are kept on a lead.',
]
const whole = `${body.join(' ')} the islands carries nobody yet.`
const after = 'Tickets are sold on board, and dogs travel for nothing if they are kept on a lead.'

describe('a sentence that runs over the end of a page', () => {
  it('belongs to the page where it begins, and is drawn on both', async () => {
    const { texts, pages, layouts } = await read([
      { texts: lines(72, 700, body) ?? [] },
      { texts: lines(72, 72, rest) ?? [] },
    ])
    expect(texts).toEqual([[whole], [after]])
    const [runs = [], next = []] = layouts.map((layout) => layout.runs)
    const drawnOn = (page: number): string =>
      runs
        .filter((run) => (run.page ?? 1) === page)
        .map(({ start, end }) => pages[0]?.text.slice(start, end))
        .join(' ')
    expect(drawnOn(1)).toBe(body.join(' '))
    expect(drawnOn(2)).toBe('the islands carries nobody yet.')
    // The line is cut where the sentence ends: what is left of it begins there.
    const [end, begin] = [runs.at(-1)?.box ?? [0, 0, 0, 0], next[0]?.box ?? [0, 0, 0, 0]]
    expect(begin[0]).toBeGreaterThan(end[0] + end[2] - 1)
    expect(begin[1]).toBeCloseTo(end[1])
  })

  it('is one however running titles, page numbers and notes are set between its halves', async () => {
    const edge = (page: number): PdfPage['texts'] => [
      { x: 72, y: 40, text: 'Harbour rules', size: 11 },
      { x: 290, y: pageHeight - 30, text: `${page}`, size: 11 },
    ]
    const note = lines(72, 760, ['1 Ask at the harbour office, which is open until four.'], 8)
    const { texts } = await read([
      { texts: [...(edge(7) ?? []), ...(lines(72, 700, body) ?? []), ...(note ?? [])] },
      { texts: [...(edge(8) ?? []), ...(lines(72, 72, rest) ?? [])] },
    ])
    expect(texts[0]).toContain(whole)
    expect(texts[1]).toContain(after)
    expect(texts.flat().join(' ')).toContain('1 Ask at the harbour office')
  })

  it('is one where a table is between its halves', async () => {
    const table = [0, 1, 2].flatMap((row) =>
      ['Adult', 'Single', '4.50'].map((text, at) => ({ x: 72 + at * 150, y: 72 + row * 15, text })),
    )
    const { texts } = await read([
      { texts: lines(72, 700, body) ?? [] },
      { texts: [...table, ...(lines(72, 160, rest) ?? [])] },
    ])
    expect(texts[0]).toEqual([whole])
  })

  const ends = [
    [
      'a word that is divided',
      'the har-',
      'bour office says so. It is open.',
      'the harbour office says so.',
    ],
    [
      'a compound',
      'the noise-',
      'Reducing Act says so. It is old.',
      'the noise-Reducing Act says so.',
    ],
    ['a name', 'the office of', 'Bergen says so. It is open.', 'the office of Bergen says so.'],
    [
      'a title',
      'the office of Dr.',
      'Anna Berg says so. She is in.',
      'the office of Dr. Anna Berg says so.',
    ],
    ['a number', 'the rules of', '1998 say so. They are old.', 'the rules of 1998 say so.'],
  ] as const

  test.each(ends)('is one at %s', async (_what, above, below, expected) => {
    const text = [
      'The harbour office lists all berths that are to be had in winter, and',
      `if none is free, one more at the far end of the old pier, as ${above}`,
    ]
    const { texts } = await read([
      { texts: lines(72, 700, text) ?? [] },
      {
        texts:
          lines(72, 72, [
            below,
            'More of it is on the wall beside the door of the old sailing club.',
          ]) ?? [],
      },
    ])
    expect(texts[0]?.join(' ')).toContain(expected)
    expect(texts[1]?.join(' ')).not.toContain('says so')
  })

  const apart = [
    [
      'a new sentence',
      'leave the pier at seven in the morning, and again at noon in June.',
      'It is free.',
    ],
    [
      'a heading',
      'leave the pier at seven in the morning, and again at noon in June',
      'Chapter two',
    ],
    [
      'a list',
      'leave the pier at seven in the morning, and again at noon in June:',
      'Bergen is one.',
    ],
    ['a short line', 'with best wishes', 'and the next letter begins here.'],
    [
      'a line of a form',
      'leave the pier at seven in the morning, and again at noon in June',
      'd Total of all lines.',
    ],
  ] as const

  test.each(apart)('is not made of what is none: %s', async (_what, above, below) => {
    const { texts } = await read([
      {
        texts:
          lines(72, 680, [
            'The boats of the old harbour company that sail to the outer islands',
            above,
          ]) ?? [],
      },
      { texts: lines(72, 72, [below]) ?? [] },
    ])
    expect(texts[1]).toEqual([below])
  })

  it('is one in any text, and nothing is lost or changed', async () => {
    const word = fc.constantFrom(
      'harbour',
      'Bergen',
      'pier',
      'of',
      'ice',
      '1998',
      'sails',
      'the',
      'Anna',
    )
    const sentence = fc
      .array(word, { minLength: 4, maxLength: 30 })
      .map((all) => `We ${all.join(' ')} go.`)
    const paragraph = fc.array(sentence, { minLength: 3, maxLength: 9 }).map((all) => all.join(' '))
    await fc.assert(
      fc.asyncProperty(fc.array(paragraph, { minLength: 8, maxLength: 14 }), async (paragraphs) => {
        const pages = setPdf(
          paragraphs.map((text) => ({ paragraph: text })),
          { header: 'Rules of the harbour', footer: 'Page #' },
        )
        const { pages: stored, layouts } = await read(pages)
        const found = stored.flatMap(({ text }) =>
          splitSentences(text).map(({ start, end }) =>
            text.slice(start, end).replace(/\s+/gu, ' '),
          ),
        )
        const written = paragraphs.flatMap((text) => text.match(/[^.]+\./gu) ?? [])
        expect(found.filter((one) => one.startsWith('We '))).toEqual(
          written.map((one) => one.trim()),
        )
        for (const [at, { runs }] of layouts.entries()) {
          const ends = runs.map(({ end }) => end)
          expect(Math.max(0, ...ends)).toBeLessThanOrEqual(stored[at]?.text.length ?? 0)
        }
      }),
      { numRuns: 25 },
    )
  })
})

describe('a sentence that runs over more than one page', () => {
  const middle = [
    'the outer islands and the mainland is thick enough to carry a sledge,',
    'which the harbour office measures every morning before the boats are',
  ]
  const begin = lines(72, 700, body) ?? []
  const end = lines(72, 72, rest) ?? []
  const drawnOn = (layout: PageLayout | undefined) => [
    ...new Set(layout?.runs.map((run) => run.page ?? layout.page)),
  ]

  it('is one however much of it is between, and is drawn on all of them', async () => {
    const edge = (page: number): PdfPage['texts'] => [
      { x: 72, y: 40, text: 'Harbour rules', size: 11 },
      { x: 290, y: pageHeight - 30, text: `Page ${page}`, size: 11 },
    ]
    const { texts, layouts } = await read([
      { texts: [...begin, ...(edge(1) ?? [])] },
      {
        texts: [
          ...(lines(72, 72, middle) ?? []),
          ...(lines(72, 760, ['1 In winter the office opens at six.'], 8) ?? []),
          ...(edge(2) ?? []),
        ],
      },
      { texts: [...end, ...(edge(3) ?? [])] },
    ])
    expect(texts[0]).toContain(`${body.join(' ')} ${middle.join(' ')} ${rest[0]?.slice(0, 31)}`)
    expect(texts[1]).toEqual(['1 In winter the office opens at six.'])
    expect(texts[2]).toEqual([after])
    expect(drawnOn(layouts[0])).toEqual([1, 2, 3])
  })

  it.each([
    ['a blank page', {}],
    ['a drawing with labels', { texts: [{ x: 90, y: 200, text: 'North pier' }], rules: 3 }],
    [
      'a titled picture',
      {
        picture: true,
        texts: [
          { x: 72, y: 90, text: 'Map of the harbour', size: 20 },
          { x: 72, y: 600, text: 'Figure 3. The outer islands, seen from the old pier.' },
        ],
      },
    ],
  ])('is one with %s between its halves', async (_what, between) => {
    const { texts, layouts } = await read([{ texts: begin }, between, { texts: end }])
    expect(texts[0]).toEqual([whole])
    expect(texts[2]).toEqual([after])
    expect(drawnOn(layouts[0])).toEqual([1, 3])
  })

  it.each([
    ['a page that is a picture', { picture: true }],
    [
      'another text',
      {
        texts: [
          { x: 72, y: 72, text: 'On foot', size: 16 },
          { x: 72, y: 110, text: 'Nobody does.' },
        ],
      },
    ],
  ])('is not made over %s', async (_what, between) => {
    const { texts } = await read([{ texts: begin }, between, { texts: end }])
    expect(texts[0]).toEqual([body.join(' ')])
  })

  it('is one below a title that only its page has', async () => {
    const title = { x: 230, y: 40, text: 'The boats in winter' }
    const { texts } = await read([{ texts: begin }, { texts: [title, ...end] }])
    expect(texts).toEqual([[whole], ['The boats in winter', after]])
  })

  it('is not longer than the pages that the viewer looks at', async () => {
    const through = ['the outer', 'the inner', 'all near', 'all far', 'some small', 'no large']
    const pages = through.map((which) => ({
      texts: lines(72, 72, [`${which} islands, ${middle.join(' ').slice(0, 60)}`]) ?? [],
    }))
    const { layouts } = await read([{ texts: begin }, ...pages, { texts: end }])
    const ends = layouts.flatMap(({ page, runs }) => runs.map((run) => (run.page ?? page) - page))
    expect(Math.max(...ends)).toBe(farthestEnd)
  })

  it('is one in any text of long sentences', async () => {
    const word = fc.constantFrom('harbour', 'pier', 'of', 'ice', 'sails', 'the', 'between')
    const sentence = fc
      .array(word, { minLength: 100, maxLength: 900, size: 'max' })
      .map((all) => `We ${all.join(' ')} go.`)
    await fc.assert(
      fc.asyncProperty(fc.array(sentence, { minLength: 3, maxLength: 5 }), async (sentences) => {
        const pages = setPdf([{ paragraph: sentences.join(' ') }], {
          header: 'Rules of the harbour',
          footer: 'Page #',
        })
        const { pages: stored } = await read(pages)
        const found = stored.flatMap(({ text }) =>
          splitSentences(text).map(({ start, end }) => text.slice(start, end)),
        )
        expect(found.filter((one) => one.startsWith('We '))).toEqual(sentences)
      }),
      { numRuns: 15 },
    )
  })
})

describe('a sentence that runs over the end of a column', () => {
  const left = [
    'The sauna of the club is open on',
    'every day but Monday during the',
    'winter, and its key is kept by Mrs',
  ]
  const right = ['Anna Berg, who sells wood as well.', 'It is warm in there all the year.']

  it('is one, and a note below the column follows it', async () => {
    const { texts } = await read([
      {
        texts: [
          ...(lines(60, 600, left) ?? []),
          ...(lines(60, 660, ['* Closed in July for repairs.'], 8) ?? []),
          ...(lines(320, 100, right) ?? []),
          ...(lines(320, 140, [
            'More is on the board at the gate',
            'and in the office of the harbour.',
          ]) ?? []),
        ],
      },
    ])
    expect(texts[0]?.[0]).toContain(`${left.join(' ')} ${right[0]}`)
    expect(texts[0]?.join(' ')).toContain('* Closed in July for repairs.')
  })
  it('is one over three columns, two of which it only goes through', async () => {
    const middle = ['Karlsson on the hill above the', 'harbour or, when she is at sea,']
    const { texts } = await read([
      {
        texts: [
          ...(lines(40, 600, left) ?? []),
          ...(lines(230, 100, middle) ?? []),
          ...(lines(420, 100, ['by her sister. It is warm there.']) ?? []),
        ],
      },
    ])
    expect(texts[0]).toEqual([
      `${left.join(' ')} ${middle.join(' ')} by her sister. It is warm there.`,
    ])
  })
})
