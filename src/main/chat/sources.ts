import type { Answer, Source } from '../../shared/domain/conversation.ts'
import { placeInWords } from '../../shared/domain/documentPlace.ts'
import { sourceText, type FittedSource } from '../retrieval/fitSources.ts'
import type { ScoredSentence } from '../retrieval/retrieval.ts'
import type { DocumentOf, TitledPassage } from '../retrieval/titledPassages.ts'
import type { CitableSource } from './citations.ts'

/** Sentences of one source that are shown as the ones that answer best. */
const keySentencesShown = 3

/**
 * Numbers what was retrieved: first what stands in the prompt, in its order, then the rest. The
 * number belongs to the chunk from here on and never changes within the turn.
 */
export function toSources(
  evidence: readonly TitledPassage[],
  inPrompt: readonly FittedSource[],
  documentOf: DocumentOf,
): Source[] {
  const used = new Set(inPrompt.map((source) => source.evidence))
  const rest = evidence.filter((item) => !used.has(item))
  const ordered = [...inPrompt.map((source) => source.evidence), ...rest]
  return ordered.flatMap((item, index) => {
    const { passage } = item
    const document = documentOf(passage.content)
    if (document === undefined) return []
    return [
      {
        number: index + 1,
        chunk: passage.chunk,
        document: document.id,
        name: document.name,
        content: passage.content,
        heading: passage.heading,
        page: passage.page,
        place: placeInWords(document.format, passage.page, passage.heading),
        start: passage.start,
        end: passage.end,
        text: passage.text,
        inPrompt: used.has(item),
        scores: passage.scores,
        keySentences: best(passage.sentences, keySentencesShown).map(({ start, end, score }) => ({
          start,
          end,
          score,
        })),
      },
    ]
  })
}

/** A source that no prompt has trimmed. */
export type WholeSource = Omit<FittedSource, 'sentences'> & {
  readonly sentences: readonly ScoredSentence[]
}

export function toCitable(source: WholeSource, documentOf: DocumentOf): CitableSource[] {
  const { passage } = source.evidence
  const document = documentOf(passage.content)
  if (document === undefined) return []
  return [
    {
      number: source.number,
      chunk: passage.chunk,
      document: document.id,
      name: document.name,
      content: passage.content,
      page: passage.page,
      place: placeInWords(document.format, passage.page, passage.heading),
      start: source.range.start,
      end: source.range.end,
      text: sourceText(source),
      sentences: source.sentences,
    },
  ]
}

/** A passage as a source of its own, whole, without a prompt that trimmed it. */
export function wholeSource(evidence: TitledPassage, number: number): WholeSource {
  const { passage } = evidence
  return {
    number,
    evidence,
    range: { start: passage.start, end: passage.end },
    sentences: passage.sentences,
  }
}

export function best(
  sentences: readonly ScoredSentence[],
  count: number,
): readonly ScoredSentence[] {
  return [...sentences].sort((a, b) => b.score - a.score).slice(0, count)
}

/** An answer of which nothing is known yet. */
export const emptyAnswer: Answer = {
  kind: 'written',
  status: 'complete',
  error: null,
  text: '',
  cutOff: false,
  sentences: [],
  template: null,
  sources: [],
  evidence: null,
  candidates: [],
  model: null,
  sampling: null,
  budget: null,
  promptParts: [],
  prompt: null,
  timings: { searchMs: 0, firstTokenMs: null, totalMs: 0, tokensPerSecond: null },
  tokens: { prompt: 0, reused: 0, generated: 0 },
}
