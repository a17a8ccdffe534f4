import type { ExtraProps } from 'react-markdown'
import { citationMarker } from '../../../../shared/domain/citationMarker.ts'
import type { AnswerSentence, Support } from '../../../../shared/domain/conversation.ts'

type HtmlElement = NonNullable<ExtraProps['node']>
type HtmlContent = HtmlElement['children'][number]
type HtmlText = Extract<HtmlContent, { type: 'text' }>
interface Parent {
  children: HtmlContent[]
}

export interface AnswerMarksOptions {
  readonly sentences: readonly AnswerSentence[]
}

/**
 * A rehype plugin for the Markdown of an answer: turns `[n]` into `<sup data-number data-offset>`
 * and wraps sentences that are not supported, or in part, into `<span data-support>`. It runs after sanitising, so that
 * Markdown can't create such elements. Positions in the tree are offsets in the answer's text, as
 * are the ranges of sentences.
 */
export function rehypeAnswerMarks({ sentences }: AnswerMarksOptions) {
  const doubtful = sentences
    .map((sentence, index) => ({ ...sentence, index }))
    .filter((sentence) => sentence.support !== 'whole')
  const begun = new Set<number>()

  function wrap(text: string, offset: number): HtmlContent[] {
    const pieces: HtmlContent[] = []
    let at = 0
    for (const { start, end, index, support } of doubtful) {
      const from = Math.max(at, start - offset)
      const to = Math.min(text.length, end - offset)
      if (from >= to) continue
      if (from > at) pieces.push({ type: 'text', value: text.slice(at, from) })
      pieces.push(doubtfulSpan(text.slice(from, to), support, !begun.has(index)))
      begun.add(index)
      at = to
    }
    if (at < text.length) pieces.push({ type: 'text', value: text.slice(at) })
    return pieces
  }

  function split(node: HtmlText): HtmlContent[] {
    const offset = node.position?.start.offset ?? 0
    const pieces: HtmlContent[] = []
    let at = 0
    for (const match of node.value.matchAll(citationMarker)) {
      pieces.push(...wrap(node.value.slice(at, match.index), offset + at))
      at = match.index + match[0].length
      for (const number of (match[1] ?? '').split(/[,;]/u)) {
        pieces.push(mark(Number(number), offset + match.index))
      }
    }
    pieces.push(...wrap(node.value.slice(at), offset + at))
    return keepTogether(pieces)
  }

  function visit(parent: Parent): void {
    parent.children = parent.children.flatMap((child) => {
      if (child.type === 'text') return split(child)
      if (child.type === 'element' && child.tagName !== 'code' && child.tagName !== 'pre') {
        visit(child)
      }
      return [child]
    })
  }
  return (tree: Parent): void => {
    begun.clear()
    visit(tree)
  }
}

/** Puts a mark and the preceding word into one box, so that no line starts with a mark. */
function keepTogether(pieces: readonly HtmlContent[]): HtmlContent[] {
  const kept: HtmlContent[] = []
  for (const piece of pieces) {
    const before = kept.at(-1)
    if (!isMark(piece) || before === undefined) kept.push(piece)
    else if (isKept(before)) before.children.push(piece)
    else if (before.type === 'text') kept.push(...joinLastWord(kept.pop() as HtmlText, piece))
    else kept.push(piece)
  }
  return kept
}

function joinLastWord(text: HtmlText, mark: HtmlElement): HtmlContent[] {
  const word = /\S{1,40}$/u.exec(text.value)?.[0] ?? ''
  const rest = text.value.slice(0, text.value.length - word.length)
  return [
    ...(rest === '' ? [] : [{ type: 'text' as const, value: rest }]),
    {
      type: 'element',
      tagName: 'span',
      properties: { dataKeep: '' },
      children: [{ type: 'text', value: word }, mark],
    },
  ]
}

function isMark(piece: HtmlContent): piece is HtmlElement {
  return piece.type === 'element' && piece.tagName === 'sup'
}

function isKept(piece: HtmlContent): piece is HtmlElement {
  return piece.type === 'element' && piece.properties.dataKeep !== undefined
}

function mark(number: number, offset: number): HtmlElement {
  return {
    type: 'element',
    tagName: 'sup',
    properties: { dataNumber: number, dataOffset: offset },
    children: [],
  }
}

function doubtfulSpan(text: string, support: Support, first: boolean): HtmlElement {
  return {
    type: 'element',
    tagName: 'span',
    properties: { dataSupport: support, dataPiece: first ? 'first' : 'more' },
    children: [{ type: 'text', value: text }],
  }
}
