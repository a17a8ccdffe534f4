import { citationMarker, citedNumbers } from '../../../../shared/domain/citationMarker.ts'
import type { AnswerSentence, Citation, Support } from '../../../../shared/domain/conversation.ts'
import { sourceOffsets } from '../../../../shared/markdown/sourceOffsets.ts'
import type { HtmlContent, HtmlElement, HtmlParent, HtmlText } from './answerHtml.ts'
import { keepTogether } from './keepTogether.ts'

export interface AnswerMarksOptions {
  /** The answer's text, from which the tree was made. */
  readonly text: string
  readonly sentences: readonly AnswerSentence[]
  readonly citations: readonly Pick<Citation, 'number'>[]
}

/**
 * A rehype plugin for an answer: turns `[n]` after a sentence into `<sup data-number data-offset>`
 * and wraps sentences that are not supported, or in part, into `<span data-support>`. In a table the
 * row has that mark, and the span is only where it begins. Numbers without a citation, and those within a sentence, are the document's or the model's words and are kept. It
 * runs after sanitising, so that Markdown can't create such elements. Offsets are those of the answer's text,
 * as are the ranges of sentences.
 */
export function rehypeAnswerMarks({ text, sentences, citations }: AnswerMarksOptions) {
  const doubtful = sentences
    .map((sentence, index) => ({ ...sentence, index }))
    .filter((sentence) => sentence.support !== 'whole')
  const ends = new Set(sentences.map(({ end }) => end))
  const known = new Set(citations.map(({ number }) => number))
  const begun = new Set<number>()
  /** Where the last mark ended: the next may follow it directly. */
  let markEnd = -1
  /** The row of a table that is being visited. */
  let row: HtmlElement | null = null

  function doubt(text: string, support: Support, isFirst: boolean): HtmlContent {
    if (row === null) return doubtfulSpan(text, support, isFirst ? 'first' : 'more')
    if (row.properties.dataSupport !== 'none') row.properties.dataSupport = support
    return isFirst ? doubtfulSpan(text, support, 'row') : { type: 'text', value: text }
  }

  function wrap(value: string, offsets: readonly number[]): HtmlContent[] {
    const pieces: HtmlContent[] = []
    let at = 0
    const indexOf = (offset: number) => {
      const index = offsets.findIndex((one) => one >= offset)
      return index < 0 ? value.length : index
    }
    for (const { start, end, index, support } of doubtful) {
      const from = Math.max(at, indexOf(start))
      const to = indexOf(end)
      if (from >= to) continue
      if (from > at) pieces.push({ type: 'text', value: value.slice(at, from) })
      pieces.push(doubt(value.slice(from, to), support, !begun.has(index)))
      begun.add(index)
      at = to
    }
    if (at < value.length) pieces.push({ type: 'text', value: value.slice(at) })
    return pieces
  }

  function isMark(numbers: readonly number[], start: number, end: number): boolean {
    if (!numbers.every((number) => known.has(number))) return false
    return sentences.length === 0 || start === markEnd || ends.has(start) || ends.has(end)
  }

  function split({ value, position }: HtmlText): HtmlContent[] {
    const offsets = sourceOffsets(value, text, position?.start.offset ?? 0)
    const pieces: HtmlContent[] = []
    let at = 0
    for (const match of value.matchAll(citationMarker)) {
      const next = match.index + match[0].length
      const numbers = citedNumbers(match)
      const start = offsets[match.index] ?? 0
      const end = (offsets[next - 1] ?? 0) + 1
      if (!isMark(numbers, start, end)) continue
      markEnd = end
      pieces.push(...wrap(value.slice(at, match.index), offsets.slice(at, match.index)))
      pieces.push(...numbers.map((number) => mark(number, start)))
      at = next
    }
    pieces.push(...wrap(value.slice(at), offsets.slice(at)))
    return keepTogether(pieces)
  }

  function visit(parent: HtmlParent): void {
    parent.children = parent.children.flatMap((child) => {
      // Texts without a position are line breaks between blocks.
      if (child.type === 'text') return child.position === undefined ? [child] : split(child)
      if (child.type === 'element' && child.tagName !== 'code' && child.tagName !== 'pre') {
        if (child.tagName === 'tr') row = child
        visit(child)
        if (child.tagName === 'tr') row = null
      }
      return [child]
    })
  }
  return (tree: HtmlParent): void => {
    begun.clear()
    markEnd = -1
    visit(tree)
  }
}

function mark(number: number, offset: number): HtmlElement {
  return {
    type: 'element',
    tagName: 'sup',
    properties: { dataNumber: number, dataOffset: offset },
    children: [],
  }
}

/** @param piece the first or a later one of a sentence, or the first of a row's. */
function doubtfulSpan(
  text: string,
  support: Support,
  piece: 'first' | 'more' | 'row',
): HtmlElement {
  return {
    type: 'element',
    tagName: 'span',
    properties: { dataSupport: support, dataPiece: piece },
    children: [{ type: 'text', value: text }],
  }
}
