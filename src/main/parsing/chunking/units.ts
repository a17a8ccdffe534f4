import type { Block, Page, TextRange } from '../../../shared/domain/page.ts'
import { splitSentences } from '../../../shared/domain/sentences.ts'
import type { CountTokens } from './chunkOptions.ts'
import type { Heading, HeadingPath } from './headingPath.ts'

/** The smallest piece that is not cut: a sentence, a heading, a row, a block of code. */
export interface Unit extends TextRange {
  readonly kind: Block['kind']
  readonly tokens: number
  /** Whether a block begins here. */
  readonly first: boolean
  /** Tokens from here to the end of the block. */
  readonly restOfBlock: number
  /** The headings above it, itself included if it is one. */
  readonly path: readonly Heading[]
}

/** Longer pieces are cut before anything looks at them: no tokenizer likes a line of 50 MB. */
const longestPiece = 20_000
const longestWord = 1_000

/** Cuts a page into units, in order; together they contain every character that is not blank. */
export function toUnits(
  page: Page,
  headings: HeadingPath,
  countTokens: CountTokens,
  maxTokens: number,
): readonly Unit[] {
  const units: Unit[] = []
  for (const block of withGaps(page)) {
    const path = headings.enter(page, block)
    const pieces = cutBlock(page.text, block, countTokens, maxTokens)
    let rest = pieces.reduce((sum, { tokens }) => sum + tokens, 0)
    pieces.forEach((piece, index) => {
      units.push({ ...piece, kind: block.kind, first: index === 0, restOfBlock: rest, path })
      rest -= piece.tokens
    })
  }
  return units
}

/** A page's blocks, and the text between them as paragraphs. */
function withGaps({ text, blocks }: Page): readonly Block[] {
  const all: Block[] = []
  let at = 0
  const fill = (end: number): void => {
    const range = trim(text, at, end)
    if (range !== null) all.push({ kind: 'paragraph', ...range })
  }
  for (const block of blocks) {
    fill(block.start)
    all.push(block)
    at = block.end
  }
  fill(text.length)
  return all
}

interface Piece extends TextRange {
  readonly tokens: number
}

function cutBlock(
  text: string,
  block: Block,
  countTokens: CountTokens,
  maxTokens: number,
): readonly Piece[] {
  const measure = (range: TextRange): Piece => ({
    ...range,
    tokens: countTokens(text.slice(range.start, range.end)),
  })
  const pieces: Piece[] = []
  const take = (
    range: TextRange,
    finer: readonly ((range: TextRange) => readonly TextRange[])[],
  ) => {
    const [cut, ...others] = finer
    if (range.end - range.start <= longestPiece || cut === undefined) {
      const piece = measure(range)
      if (piece.tokens <= maxTokens || cut === undefined) {
        pieces.push(piece)
        return
      }
    }
    for (const part of cut(range)) take(part, others)
  }
  const byLines = (range: TextRange): readonly TextRange[] => matches(text, range, /[^\n]+/g)
  const bySentences = (range: TextRange): readonly TextRange[] =>
    matches(text, range, coarse).flatMap((part) =>
      splitSentences(text.slice(part.start, part.end)).map(({ start, end }) => ({
        start: part.start + start,
        end: part.start + end,
      })),
    )
  const byWords = (range: TextRange): readonly TextRange[] =>
    packWords(text, range, measure, maxTokens)
  const whole = trim(text, block.start, block.end)
  if (whole === null) return pieces
  switch (block.kind) {
    case 'paragraph':
    case 'quote':
      for (const sentence of bySentences(whole)) take(sentence, [byWords])
      return pieces
    case 'heading':
      take(whole, [byWords])
      return pieces
    case 'list-item':
      take(whole, [bySentences, byWords])
      return pieces
    case 'code':
    case 'table-row':
      take(whole, [byLines, byWords])
      return pieces
  }
}

/** Stretches of bounded length that end at a line's end, else at a space, else anywhere. */
const coarse = /[\s\S]{1,20000}(?=\n|$)|[\s\S]{1,20000}(?=\s)|[\s\S]{1,20000}/gu

function matches(text: string, range: TextRange, pattern: RegExp): readonly TextRange[] {
  const found: TextRange[] = []
  for (const match of text.slice(range.start, range.end).matchAll(pattern)) {
    const start = range.start + match.index
    const part = trim(text, start, start + match[0].length)
    if (part !== null) found.push(part)
  }
  return found
}

/** Fills pieces with as many words as fit; a word that is too long by itself is halved. */
function packWords(
  text: string,
  range: TextRange,
  measure: (range: TextRange) => Piece,
  maxTokens: number,
): readonly TextRange[] {
  const packed: TextRange[] = []
  let open: Piece | undefined
  for (const word of words(text, range).flatMap((part) => halve(text, part, measure, maxTokens))) {
    if (open !== undefined && open.tokens + word.tokens <= maxTokens) {
      // There is no space between pieces of one word: their sum may be less than the whole.
      const joined: Piece = { start: open.start, end: word.end, tokens: open.tokens + word.tokens }
      open = text.slice(open.end, word.start) === '' ? measure(joined) : joined
      if (open.tokens <= maxTokens) continue
      packed.push({ start: open.start, end: word.start })
      open = word
      continue
    }
    if (open !== undefined) packed.push(open)
    open = word
  }
  if (open !== undefined) packed.push(open)
  return packed
}

function words(text: string, range: TextRange): readonly TextRange[] {
  return matches(text, range, /\S+/g).flatMap(({ start, end }) => {
    const parts: TextRange[] = []
    for (let at = start; at < end;) {
      const next = Math.min(end, at + longestWord)
      const cut = next === end ? end : wholeCharacters(text, at, next)
      parts.push({ start: at, end: cut })
      at = cut
    }
    return parts
  })
}

function halve(
  text: string,
  range: TextRange,
  measure: (range: TextRange) => Piece,
  maxTokens: number,
): readonly Piece[] {
  const piece = measure(range)
  if (piece.tokens <= maxTokens || range.end - range.start < 2) return [piece]
  const middle = wholeCharacters(text, range.start, (range.start + range.end) >> 1)
  if (middle >= range.end) return [piece]
  return [
    ...halve(text, { start: range.start, end: middle }, measure, maxTokens),
    ...halve(text, { start: middle, end: range.end }, measure, maxTokens),
  ]
}

/** The nearest place at or before `at`, but after `from`, that parts no surrogate pair. */
function wholeCharacters(text: string, from: number, at: number): number {
  const inPair =
    /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at))
  if (!inPair) return at
  return at - 1 > from ? at - 1 : at + 1
}

function trim(text: string, from: number, to: number): TextRange | null {
  let start = from
  let end = to
  while (start < end && /\s/.test(text.charAt(start))) start += 1
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1
  return start < end ? { start, end } : null
}
