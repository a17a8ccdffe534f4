import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
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
})
