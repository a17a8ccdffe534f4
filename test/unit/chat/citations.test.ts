import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bindCitations, type CitableSource } from '../../../src/main/chat/citations.ts'
import { splitSentences } from '../../../src/shared/domain/sentences.ts'

const evenly = (): number => 1

function source(number: number, text: string, offset = 40): CitableSource {
  return {
    number,
    chunk: `c:${String(number)}`,
    document: `d${String(number)}`,
    name: `file-${String(number)}.md`,
    contentId: 'c',
    heading: '',
    page: 3,
    start: offset,
    end: offset + text.length,
    text,
    sentences: splitSentences(text).map((range) => ({
      start: range.start + offset,
      end: range.end + offset,
    })),
  }
}

const leave = source(
  1,
  'Annual leave is meant to be taken. Up to five days of unused leave may be carried into the next year. They must be taken before 31 March.',
)
const pump = source(
  2,
  'Error E4 means that the inlet filter is blocked. Clean the filter and restart.',
)

function quotes(answer: string, sources = [leave, pump]): string[][] {
  return bindCitations(answer, sources, evenly).sentences.map((sentence) =>
    sentence.citations.map((citation) => `${String(citation.number)}: ${citation.quote}`),
  )
}

describe('bindCitations', () => {
  test('binds a sentence to the words that support it', () => {
    expect(quotes('Five days of unused leave may be carried into the next year [1].')).toEqual([
      ['1: Up to five days of unused leave may be carried into the next year.'],
    ])
  })

  test('ranges are of the page, and the quote is exactly there', () => {
    const page = `${' '.repeat(leave.start)}${leave.text}`
    const bound = bindCitations(
      'Unused leave may be carried into the next year. [1]',
      [leave],
      evenly,
    )
    const citation = bound.sentences[0]?.citations[0]
    expect(citation).toMatchObject({ page: 3, chunk: 'c:1' })
    expect(page.slice(citation?.start, citation?.end)).toBe(citation?.quote)
  })

  test('a marker behind the full stop belongs to the sentence before it', () => {
    const bound = bindCitations(
      'Leave may be carried into the next year. [1] Error E4 means a blocked inlet filter. [2]',
      [leave, pump],
      evenly,
    )
    expect(bound.sentences.map((one) => one.citations.map((each) => each.number))).toEqual([
      [1],
      [2],
    ])
    expect(bound.text).toBe(
      'Leave may be carried into the next year. [1] Error E4 means a blocked inlet filter. [2]',
    )
  })

  test('a wrong number is replaced by that of the source with the words', () => {
    const bound = bindCitations(
      'Error E4 means the inlet filter is blocked [1].',
      [leave, pump],
      evenly,
    )
    expect(bound.sentences[0]?.citations.map((one) => one.number)).toEqual([2])
    expect(bound.text).toContain('[2]')
    expect(bound.text).not.toContain('[1]')
  })

  test('a number that names no source is dropped', () => {
    expect(bindCitations('Most teams plan in January [7].', [leave], evenly)).toMatchObject({
      text: 'Most teams plan in January.',
      sentences: [{ support: 'none', citations: [] }],
    })
  })

  test('an unsupported sentence is marked, with or without a citation', () => {
    const bound = bindCitations(
      'The restaurant opens at noon every day [1].',
      [leave, pump],
      evenly,
    )
    expect(bound.sentences[0]).toMatchObject({ support: 'none', citations: [] })
  })

  test('a wrong figure is never supported', () => {
    expect(
      quotes('Up to nine days of unused leave may be carried into the next year [1].'),
    ).toEqual([[]])
    expect(
      quotes('Up to 5 days of unused leave may be carried into the next year [1].'),
    ).not.toEqual([[]])
    expect(quotes('They must be taken before 30 March [1].')).toEqual([[]])
  })

  test('a source with only some of the words supports a sentence that cites it', () => {
    // Three of its five words are in the source: enough if it is cited, too few if it is not.
    const partly = 'Unused leave carried over quarterly forever'
    expect(quotes(`${partly} [1].`)).toEqual([
      ['1: Up to five days of unused leave may be carried into the next year.'],
    ])
    expect(quotes(`${partly}.`)).toEqual([[]])
  })

  test('a sentence without a citation gets the source that supports it best', () => {
    const part = source(3, 'Unused leave may be carried into the next week.')
    const claim = 'Unused leave may be carried into the next year.'
    const whole = '1: Up to five days of unused leave may be carried into the next year.'
    expect(quotes(claim, [part])).toEqual([[]])
    expect(quotes(claim, [part, leave])).toEqual([[whole]])
    expect(quotes(claim, [leave, part])).toEqual([[whole]])
  })

  test('a citation can span two sentences of a source', () => {
    const [found] = quotes(
      'Unused leave carried into the next year must be taken before 31 March [1].',
    )
    expect(found).toEqual([
      '1: Up to five days of unused leave may be carried into the next year. They must be taken before 31 March.',
    ])
  })

  test('sentences without a claim need no support', () => {
    expect(
      bindCitations('Yes. It is.', [leave], evenly).sentences.every(
        (one) => one.support === 'whole',
      ),
    ).toBe(true)
  })

  test('list items keep their form', () => {
    const answer =
      '- Clean the filter and restart [2]\n- Leave may be carried into the next year [1]'
    const bound = bindCitations(answer, [leave, pump], evenly)
    expect(bound.text).toBe(answer)
  })

  test('for any answer, ranges are exact and in order, and match the text', () => {
    const piece = fc.constantFrom(
      'Leave may be carried over',
      '. ',
      ' [1]',
      '[2]',
      ' [9, 1]',
      '\n\n- ',
      'Error E4 means a blocked filter.',
      '“”',
      '🎉 ',
      '31 March',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const bound = bindCitations(pieces.join(''), [leave, pump], evenly)
        let last = 0
        for (const sentence of bound.sentences) {
          expect(sentence.start).toBeGreaterThanOrEqual(last)
          expect(bound.text.slice(sentence.start, sentence.end)).toBe(sentence.text)
          expect(sentence.text).not.toMatch(/\[\d+\]/)
          last = sentence.end
          for (const citation of sentence.citations) {
            const from = citation.number === 1 ? leave : pump
            expect(from.text.slice(citation.start - from.start, citation.end - from.start)).toBe(
              citation.quote,
            )
          }
        }
      }),
    )
  })

  test.each([
    'Take `list[1]` and `rows[2]`.',
    'So:\n\n```\nx = list[1]\n```\n\nThat is all.',
    'An open block:\n```\nx = list[1]',
  ])('an index in code is no citation: %j', (answer) => {
    expect(bindCitations(answer, [leave], evenly).text).toBe(answer)
  })

  test('an answer without sources keeps every word', () => {
    const answer = 'The first element is list[1], see [2].'
    expect(bindCitations(answer, [], evenly).text).toBe(answer)
  })
})
