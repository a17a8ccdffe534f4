import { citeRange } from '../../shared/domain/citeRange.ts'
import type { Answer } from '../../shared/domain/conversation.ts'
import type { AnswerProgress } from './answerProgress.ts'
import type { DocumentOf, TitledPassage } from '../retrieval/titledPassages.ts'
import { quoteLine } from './prompt.ts'
import { createQuotation } from './quotation.ts'
import type { ScoredSentence } from '../retrieval/retrieval.ts'
import { toCitable, wholeSource, type WholeSource } from './sources.ts'

/** Number of sentences in an answer without a model. */
const leading = 3

/** The answer without the model: quotes of the best sentences with their citations. */
export function passagesAnswer(
  passages: readonly TitledPassage[],
  documentOf: DocumentOf,
  progress: AnswerProgress,
): Pick<Answer, 'kind' | 'text' | 'sentences'> {
  const sources = passages.map(wholeSource)
  const quotation = createQuotation()
  for (const { source, sentence } of leadingSentences(sources)) {
    const [citable] = toCitable(source, documentOf)
    if (citable === undefined) continue
    const line = quoteLine({ text: sentence.text, source: source.passage.number })
    quotation.add(line, citeRange(citable, sentence))
  }
  const { text, sentences } = quotation.written()
  progress.text(text)
  return { kind: 'passages', text, sentences }
}

function leadingSentences(
  sources: readonly WholeSource[],
): readonly { readonly source: WholeSource; readonly sentence: ScoredSentence }[] {
  return sources
    .flatMap((source) => source.sentences.map((sentence) => ({ source, sentence })))
    .sort((a, b) => b.sentence.score - a.sentence.score)
    .slice(0, leading)
}
