import { SpecialToken, type ChatWrapper, type LlamaModel } from 'node-llama-cpp'
import { escapeRegExp } from '../../../shared/domain/escapeRegExp.ts'

/** Texts that no format contains, to see what a format puts between them. */
const probes = {
  system: 'penknifesystem',
  first: 'penknifefirst',
  answer: 'penknifeanswer',
  second: 'penknifesecond',
}
const anyProbe = new RegExp(Object.values(probes).join('|'), 'u')

/** Marks in brackets: `[INST]`, `<<SYS>>`, `<|user|>`. */
const bracketed = /<<[^<>\s]+>>|<[^<>\s]+>|\[[^[\]\s]+\]/gu

/**
 * Returns a function that breaks up a chat format's marks in a text. Marks that are special tokens
 * need no change: text never becomes special tokens. But many formats write their marks as ordinary
 * text: `[/INST]` in a document would end the user's turn. A space inside such a mark changes its
 * tokens, and the text still reads the same.
 */
export function createMarkBreaker(
  model: Pick<LlamaModel, 'tokenize' | 'getTokenAttributes'>,
  chatFormat: Pick<ChatWrapper, 'generateContextState'>,
): (text: string) => string {
  const marks = marksOf(chatFormat).filter((mark) => isOrdinaryText(model, mark))
  if (marks.length === 0) return (text) => text
  // The longest first: one may be the beginning of another.
  const longestFirst = marks.toSorted((a, b) => b.length - a.length)
  const anyMark = new RegExp(longestFirst.map(escapeRegExp).join('|'), 'gu')
  return (text) => breakMarks(text, anyMark)
}

/** Repeated, since marks may overlap: each round breaks up at least one and joins nothing. */
function breakMarks(text: string, anyMark: RegExp): string {
  const broken = text.replace(anyMark, (mark) => withSpace(mark))
  return broken === text ? text : breakMarks(broken, anyMark)
}

/** `[ /INST]`, `USER :`. */
function withSpace(mark: string): string {
  return mark.endsWith(':') ? `${mark.slice(0, -1)} :` : mark.replace(/^./u, '$& ')
}

/** What tells the roles and turns of a chat apart in this format. */
function marksOf(chatFormat: Pick<ChatWrapper, 'generateContextState'>): readonly string[] {
  const { contextText } = chatFormat.generateContextState({
    chatHistory: [
      { type: 'system', text: probes.system },
      { type: 'user', text: probes.first },
      { type: 'model', response: [probes.answer] },
      { type: 'user', text: probes.second },
      { type: 'model', response: [] },
    ],
  })
  const texts = contextText.values.map((value) =>
    value instanceof SpecialToken ? '\n' : value.toString(),
  )
  const lines = texts.join('').split(anyProbe).join('\n').split('\n')
  return [...new Set(lines.flatMap(marksInLine))]
}

/** Words beside marks in brackets (`<|im_start|>user`) mark nothing alone, unless they look like a mark. */
function marksInLine(line: string): readonly string[] {
  const inBrackets = line.match(bracketed) ?? []
  const words = line.split(bracketed).map((piece) => piece.trim())
  return [
    ...inBrackets,
    ...words
      .filter((piece) => piece.length > 1 && /\p{L}/u.test(piece))
      .filter((piece) => inBrackets.length === 0 || /^#|:$/u.test(piece)),
  ]
}

function isOrdinaryText(
  model: Pick<LlamaModel, 'tokenize' | 'getTokenAttributes'>,
  mark: string,
): boolean {
  return !model.tokenize(mark, true).some((token) => {
    // Tokens of other kinds are found in any text.
    const { control, unknown } = model.getTokenAttributes(token)
    return control || unknown
  })
}
