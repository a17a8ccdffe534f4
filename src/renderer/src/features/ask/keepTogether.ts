import type { HtmlContent, HtmlElement, HtmlText } from './answerHtml.ts'

/** Puts a mark and the preceding word into one box, so that no line starts with a mark. */
export function keepTogether(pieces: readonly HtmlContent[]): HtmlContent[] {
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
