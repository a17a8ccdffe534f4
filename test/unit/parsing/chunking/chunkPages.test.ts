import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChunkOptions } from '../../../../src/main/parsing/chunking/chunkOptions.ts'
import { chunkPages } from '../../../../src/main/parsing/chunking/chunkPages.ts'
import { createPageBuilder } from '../../../../src/main/parsing/formats/pageBuilder.ts'
import type { Chunk } from '../../../../src/shared/domain/chunk.ts'
import type { Block, Page } from '../../../../src/shared/domain/page.ts'

/** A token a word, and one more for each ten letters. */
function countTokens(text: string): number {
  const words = text.split(/\s+/).filter((word) => word !== '')
  return words.reduce((sum, word) => sum + Math.ceil(word.length / 10), 0)
}

const options: ChunkOptions = { targetTokens: 20, maxTokens: 30, overlapSentences: 0 }

function build(page: number, blocks: readonly (readonly [string, string])[]): Page {
  const builder = createPageBuilder()
  for (const [kind, text] of blocks) {
    const level = kind.startsWith('h') ? Number(kind.slice(1)) : undefined
    builder.add(level === undefined ? (kind as Block['kind']) : 'heading', text, level)
  }
  return builder.build(page)
}

function chunk(pages: readonly Page[], changed: Partial<ChunkOptions> = {}): readonly Chunk[] {
  return [...chunkPages(pages, countTokens, { ...options, ...changed })]
}

function words(count: number, word = 'word'): string {
  return Array.from({ length: count }, () => word).join(' ')
}

describe('chunkPages', () => {
  it('breaks at headings, and carries the headings above', () => {
    const page = build(1, [
      ['h1', 'House'],
      ['paragraph', words(15)],
      ['h2', 'Keys'],
      ['paragraph', words(15)],
      ['h2', 'Dogs'],
      ['paragraph', words(15)],
    ])
    const chunks = chunk([page])
    expect(chunks.map(({ text }) => text.split('\n')[0])).toEqual(['House', 'Keys', 'Dogs'])
    expect(chunks.map(({ heading }) => heading)).toEqual(['', 'House', 'House'])
  })

  it('carries headings over to the next page', () => {
    const first = build(1, [
      ['h1', 'House'],
      ['h2', 'Keys'],
      ['paragraph', words(10)],
    ])
    const second = build(2, [['paragraph', words(10)]])
    expect(chunk([first, second]).at(-1)).toMatchObject({ page: 2, heading: 'House › Keys' })
  })

  it('joins small sections, and a scrap with the text before it', () => {
    const page = build(1, [
      ['h2', 'A'],
      ['paragraph', words(3)],
      ['h2', 'B'],
      ['paragraph', words(3)],
      ['h2', 'C'],
      ['paragraph', words(12)],
      ['paragraph', 'Bye.'],
    ])
    const chunks = chunk([page])
    expect(chunks.map(({ text }) => text.split('\n')[0])).toEqual(['A', 'C'])
    expect(chunks.at(-1)?.text.endsWith('Bye.')).toBe(true)
  })

  it('never ends with a heading if there is text below it', () => {
    const page = build(1, [
      ['paragraph', words(19)],
      ['h2', 'Keys'],
      ['paragraph', words(19)],
    ])
    expect(chunk([page]).map(({ text }) => text.split('\n')[0])).toEqual([words(19), 'Keys'])
  })

  it('breaks long paragraphs between sentences', () => {
    const sentences = Array.from({ length: 8 }, (_, i) => `Sentence ${i} has some six words.`)
    const chunks = chunk([build(1, [['paragraph', sentences.join(' ')]])])
    expect(chunks.length).toBeGreaterThan(1)
    for (const { text } of chunks) expect(text).toMatch(/^Sentence .*words\.$/)
  })

  it('repeats sentences if asked to', () => {
    const sentences = Array.from({ length: 8 }, (_, i) => `Sentence ${i} has some six words.`)
    const page = build(1, [['paragraph', sentences.join(' ')]])
    const [first, second] = chunk([page], { overlapSentences: 1 })
    expect(second?.start).toBeLessThan(first?.end ?? 0)
    expect(first?.text.endsWith(second?.text.slice(0, 20) ?? '?')).toBe(false)
    expect(first?.text).toContain(second?.text.split('.')[0])
  })

  it('repeats nothing where a paragraph ends', () => {
    const paragraph = (name: string): string =>
      [1, 2, 3].map((i) => `Sentence ${i} of ${name} has seven words.`).join(' ')
    const page = build(1, [
      ['paragraph', paragraph('A')],
      ['paragraph', paragraph('B')],
    ])
    expect(chunk([page], { overlapSentences: 1 }).map(({ text }) => text)).toEqual([
      paragraph('A'),
      paragraph('B'),
    ])
  })

  it('keeps code and rows whole where they fit', () => {
    const code = Array.from({ length: 9 }, (_, i) => `let x${i} = 1`).join('\n')
    const rows = Array.from({ length: 9 }, (_, i): [string, string] => [
      'table-row',
      `r${i} | a | b`,
    ])
    const page = build(1, [['paragraph', words(12)], ['code', code.slice(0, 60)], ...rows])
    for (const { text } of chunk([page])) {
      for (const line of text.split('\n')) {
        expect(line).toMatch(/^(word( word)*|let x\d = 1?|let x\d? ?=?|r\d \| a \| b|)$/)
      }
    }
  })

  it('repeats the head of a table above rows in a later chunk', () => {
    const rows = Array.from({ length: 20 }, (_, i): [string, string] => [
      'table-row',
      `Gull${i} | 90`,
    ])
    const page = build(1, [['h1', 'Prices'], ['table-row', 'Room | Price'], ...rows])
    const chunks = chunk([page])
    expect(chunks[0]?.heading).toBe('')
    expect(chunks[1]?.heading).toBe('Prices › Room | Price')
  })

  it('cuts an overlong sentence between words', () => {
    const chunks = chunk([build(1, [['paragraph', words(100)]])])
    expect(chunks.every(({ tokens }) => tokens <= options.maxTokens)).toBe(true)
    expect(chunks.map(({ text }) => text).join(' ')).toBe(words(100))
  })

  it('cuts an overlong word, but never within a character', () => {
    // Odd and even lengths before the pairs, shorter and longer than what is cut coarsely first.
    for (const word of ['', 'x'].flatMap((start) =>
      [2_000, 12_000].map((count) => start + '🐚'.repeat(count)),
    )) {
      const chunks = chunk([build(1, [['paragraph', word]])])
      expect(chunks.map(({ text }) => text).join('')).toBe(word)
      for (const { text, tokens } of chunks) {
        expect(tokens).toBeLessThanOrEqual(options.maxTokens)
        expect(text).not.toMatch(/\p{Surrogate}/u)
      }
    }
  })

  it('includes text outside of all blocks', () => {
    const page: Page = {
      page: 1,
      text: 'Before. Middle. After.',
      blocks: [{ kind: 'paragraph', start: 8, end: 15 }],
    }
    expect(chunk([page]).map(({ text }) => text)).toEqual(['Before. Middle. After.'])
  })

  it('returns nothing for an empty page', () => {
    expect(chunk([{ page: 1, text: ' \n ', blocks: [] }])).toEqual([])
  })
})

const kinds = ['paragraph', 'list-item', 'code', 'table-row', 'quote', 'h1', 'h2', 'h3'] as const
const piece = fc.oneof(
  fc.constantFrom(
    '. ',
    ' ',
    '\n',
    '\n\n',
    'Dr. Who',
    'e.g. ',
    '東京。',
    '🐚',
    ' | ',
    '- ',
    '\u00A0',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.integer({ min: 1, max: 80 }).map((length) => 'x'.repeat(length)),
)
const anyText = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))
const anyPages = fc
  .array(fc.array(fc.tuple(fc.constantFrom(...kinds), anyText), { maxLength: 8 }), { maxLength: 3 })
  .map((pages) => pages.map((blocks, index) => build(index + 1, blocks)))
const anyOptions = fc.record({
  targetTokens: fc.integer({ min: 5, max: 40 }),
  maxTokens: fc.integer({ min: 40, max: 60 }),
  overlapSentences: fc.integer({ min: 0, max: 2 }),
})

describe('chunks of anything', () => {
  it('are exact, in order and bounded, and contain every character that is not white space', () => {
    fc.assert(
      fc.property(anyPages, anyOptions, (pages, anyChunkOptions) => {
        const chunks = [...chunkPages(pages, countTokens, anyChunkOptions)]
        for (const [index, { ordinal, page, start, end, text, tokens }] of chunks.entries()) {
          expect(ordinal).toBe(index)
          expect(pages[page - 1]?.text.slice(start, end)).toBe(text)
          expect(tokens).toBe(countTokens(text))
          expect(tokens).toBeLessThanOrEqual(anyChunkOptions.maxTokens)
          expect(text).not.toMatch(/\p{Surrogate}/u)
        }
        for (const { page, text } of pages) {
          const held = new Uint8Array(text.length)
          for (const one of chunks) if (one.page === page) held.fill(1, one.start, one.end)
          for (let at = 0; at < text.length; at += 1) {
            if (held[at] === 0) expect(text.charAt(at)).toMatch(/\s/)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
