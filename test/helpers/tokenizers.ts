import type { Llm, Prompt } from '../../src/main/llm/llm.ts'

/** The part of a model that counts and renders; `count` returns the tokens of any text. */
export type CountingLlm = Pick<Llm, 'countTokens' | 'render'> & {
  readonly count: (text: string) => number
}

function countingLlm(count: (text: string) => number): CountingLlm {
  return {
    count,
    countTokens: (texts) => Promise.resolve(texts.map(count)),
    render({ system, history, user }: Prompt) {
      const turns = history.flatMap((turn) => [turn.user, turn.assistant])
      const text = [system, ...turns, user].map((part) => `<s> ${part} </s>`).join('\n')
      return Promise.resolve({ text, tokens: count(text) })
    },
  }
}

const words = (text: string): number => text.split(/\s+/u).filter(Boolean).length

/** Tokenizers by whether the pieces of a text take as many tokens as the whole. */
export const tokenizers = {
  /** Tokens are words: the pieces add up. */
  adding: countingLlm(words),
  /** Tokens are any five characters: the whole takes fewer than its pieces. */
  merging: countingLlm((text) => Math.ceil(text.length / 5)),
  /** A blank after a full stop, and a line break, is three tokens as well: the whole takes more. */
  splitting: countingLlm((text) => words(text) + 3 * (text.match(/\.\s+\S|\n/gu) ?? []).length),
} as const
