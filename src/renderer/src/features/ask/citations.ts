import { citeRange } from '../../../../shared/domain/citeRange.ts'
import type {
  Answer,
  AnswerSentence,
  Citation,
  Source,
} from '../../../../shared/domain/conversation.ts'
import { citedPlace } from '../../../../shared/domain/documentPlace.ts'
import { oneLine } from '../../../../shared/domain/oneLine.ts'
import type { ViewerTarget } from '../../api/viewerTarget.ts'

/** The citations of an answer in reading order, without duplicates. */
export function citationsOf(sentences: readonly AnswerSentence[]): readonly Citation[] {
  const seen = new Set<string>()
  const list: Citation[] = []
  for (const citation of sentences.flatMap((sentence) => sentence.citations)) {
    const key = keyOf(citation)
    if (seen.has(key)) continue
    seen.add(key)
    list.push(citation)
  }
  return list
}

/**
 * Finds the citation of a mark `[number]` at `offset` of the answer's text: an index into
 * `citations`, or -1. A mark belongs to the sentence before it.
 */
export function findCitation(
  citations: readonly Citation[],
  sentences: readonly AnswerSentence[],
  number: number,
  offset: number,
): number {
  const sentence = sentences.findLast((candidate) => candidate.start < offset)
  const own = sentence?.citations.find((citation) => citation.number === number)
  if (own === undefined) return citations.findIndex((citation) => citation.number === number)
  return citations.findIndex((citation) => keyOf(citation) === keyOf(own))
}

/** Provisional citations while an answer is being written: the best sentence of each source. */
export function citeSources(sources: readonly Source[]): readonly Citation[] {
  return sources.map((source) => citeRange(source, source.keySentences[0] ?? source))
}

/** The numbers of the sources that the answer's sentences cite. */
export function citedNumbers(answer: Pick<Answer, 'sentences'>): ReadonlySet<number> {
  return new Set(citationsOf(answer.sentences).map((citation) => citation.number))
}

export function targetOf(
  place: Pick<Citation, 'document' | 'contentId' | 'page' | 'start' | 'end' | 'quote'>,
): ViewerTarget {
  const { document: documentId, contentId, page, start, end, quote } = place
  return { documentId, contentId, page, start, end, quote }
}

/** The answer as plain text with a list of its sources. */
export function copyableAnswer(answer: Pick<Answer, 'text' | 'sentences'>): string {
  const lines = citationsOf(answer.sentences).map((citation) =>
    // On one line: a line break in a document could make its words look like another citation.
    oneLine(`[${String(citation.number)}] ${citedPlace(citation)}: “${citation.quote}”`),
  )
  return lines.length === 0 ? answer.text : `${answer.text}\n\n${lines.join('\n')}`
}

function keyOf(citation: Citation): string {
  const { number, document, page, start, end } = citation
  return [number, document, page, start, end].join(' ')
}
