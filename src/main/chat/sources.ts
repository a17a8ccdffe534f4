import type { Answer, Source } from '../../shared/domain/conversation.ts'
import { placeInWords } from '../../shared/domain/documentPlace.ts'
import { sourceText, type FittedSource } from '../prompting/fitSources.ts'
import type { ScoredSentence } from '../retrieval/retrieval.ts'
import type { DocumentOf, TitledPassage } from '../retrieval/titledPassages.ts'
import type { CitableSource } from './citations.ts'

/** Number of sentences per source that are highlighted as the best. */
const keySentencesShown = 3

/**
 * The found passages as the window shows them, best first. Numbers are by rank, including passages
 * that aren't in the prompt.
 */
export function toSources(
  passages: readonly TitledPassage[],
  inPrompt: readonly FittedSource[],
  documentOf: DocumentOf,
): Source[] {
  const used = new Set(inPrompt.map(({ passage }) => passage.number))
  return passages.flatMap((passage) => {
    const document = documentOf(passage.contentId)
    if (document === undefined) return []
    return [
      {
        number: passage.number,
        chunk: passage.chunk,
        document: document.id,
        name: document.name,
        contentId: passage.contentId,
        heading: passage.heading,
        page: passage.page,
        place: placeInWords(document, passage.page, passage.heading),
        start: passage.start,
        end: passage.end,
        text: passage.text,
        inPrompt: used.has(passage.number),
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

/** A source that wasn't trimmed to fit a prompt. */
export type WholeSource = Omit<FittedSource, 'sentences'> & {
  readonly sentences: readonly ScoredSentence[]
}

export function toCitable(source: WholeSource, documentOf: DocumentOf): CitableSource[] {
  const { passage } = source
  const document = documentOf(passage.contentId)
  if (document === undefined) return []
  return [
    {
      number: passage.number,
      chunk: passage.chunk,
      document: document.id,
      name: document.name,
      contentId: passage.contentId,
      page: passage.page,
      place: placeInWords(document, passage.page, passage.heading),
      heading: passage.heading,
      start: source.range.start,
      end: source.range.end,
      text: sourceText(source),
      sentences: source.sentences,
    },
  ]
}

/** A whole passage as a source. */
export function wholeSource(passage: TitledPassage): WholeSource {
  return {
    passage,
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

/** The initial, empty answer. */
export const emptyAnswer: Answer = {
  kind: 'written',
  status: 'complete',
  error: null,
  text: '',
  cutOff: false,
  sentences: [],
  template: null,
  needsTooManyTokens: false,
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
