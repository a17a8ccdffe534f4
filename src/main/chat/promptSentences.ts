import {
  byScore,
  sourceOverhead,
  type FittedSentence,
  type FittedSource,
} from '../prompting/fitSources.ts'

export interface KeySentence {
  readonly source: FittedSource
  readonly sentence: FittedSentence
}

/**
 * The sentences in the prompt with the highest scores, best first, each with the number of its
 * source.
 *
 * @param room tokens that they may take together; default: no limit.
 */
export function keySentencesOf(
  sources: readonly FittedSource[],
  count: number,
  contextSize: number,
  room = Number.POSITIVE_INFINITY,
): readonly KeySentence[] {
  const sourceOf = new Map(
    sources.flatMap((source) => source.sentences.map((sentence) => [sentence, source] as const)),
  )
  return pickWithin([...sourceOf.keys()], count, quotableTokens(contextSize), room).flatMap(
    (sentence) => {
      const source = sourceOf.get(sentence)
      return source === undefined ? [] : [{ source, sentence }]
    },
  )
}

/** The best sentences that are short enough to be quoted and fit into the available tokens. */
export function pickWithin(
  sentences: readonly FittedSentence[],
  count: number,
  longest: number,
  room: number,
): readonly FittedSentence[] {
  const picked: FittedSentence[] = []
  let left = room
  for (const one of byScore(sentences)) {
    if (picked.length >= count) break
    if (one.tokens > longest || keySentenceTokens(one) > left) continue
    picked.push(one)
    left -= keySentenceTokens(one)
  }
  return picked
}

/** Longest sentence, in tokens, that may be a key sentence or a quote. */
export function quotableTokens(contextSize: number): number {
  return Math.floor(contextSize / 8)
}

/** Tokens of a key sentence in the prompt, with quotation marks and source number. */
export function keySentenceTokens({ tokens }: FittedSentence): number {
  return tokens + sourceOverhead
}
