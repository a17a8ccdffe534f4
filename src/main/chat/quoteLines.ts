import { oneLine } from '../../shared/domain/oneLine.ts'
import type { FittedSentence } from '../prompting/fitSources.ts'
import type { FittedQuestion } from './fitQuestion.ts'
import { quoteLine } from './prompt.ts'
import { keySentencesOf } from './promptSentences.ts'

/** More candidates only cost time: the answer is among the first few or not there. */
export const mostCandidates = 6

/** A sentence that the model may choose as its answer. */
export interface QuotableLine {
  /** The line in the form of an answer. */
  readonly text: string
  readonly score: number
  readonly source: number
  readonly sentence: FittedSentence
}

/** The distinct key sentences of a prompt, best first. */
export function quotableLines({
  sources,
  budget,
}: Pick<FittedQuestion, 'sources' | 'budget'>): readonly QuotableLine[] {
  const seen = new Set<string>()
  return keySentencesOf(sources, mostCandidates, budget.context).flatMap(({ source, sentence }) => {
    const { number } = source.passage
    const words = oneLine(sentence.text)
    if (words === '' || seen.has(words)) return []
    seen.add(words)
    const text = quoteLine({ text: sentence.text, source: number })
    return [{ text, score: sentence.score, source: number, sentence }]
  })
}
