import type { ReadText } from './bestSpan.ts'
import { readStatement, type Token } from './readStatement.ts'
import { isSameToken } from './words.ts'

/** Signs around a word that are no part of it. */
const around = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}%°]+$/gu

/** The words and numbers of a sentence that occur in none of the texts, as they are written, each once. */
export function missingWords(sentence: string, texts: readonly ReadText[]): readonly string[] {
  const there = texts.flatMap(({ sentences, title }) => [
    ...title,
    ...sentences.flatMap(({ tokens }) => tokens),
  ])
  const written = sentence.split(/\s+/u).map((piece) => piece.replace(around, ''))
  return [...new Set(written)].filter((piece) =>
    readStatement(piece).some(
      (token) => says(token) && !there.some((other) => isSameToken(other, token)),
    ),
  )
}

function says(token: Token): boolean {
  return token.kind === 'number' || (token.kind === 'word' && !token.isLight)
}
