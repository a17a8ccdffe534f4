import { splitSentences } from '../../shared/domain/sentences.ts'
import { contentTerms, terms } from '../../shared/domain/terms.ts'
import { readQuestion } from './questionCues.ts'
import type { ScoredSentence } from './retrieval.ts'

/** What is scored: a stretch of a page, which begins at `start` there. */
export interface PassageText {
  readonly text: string
  readonly heading: string
  readonly start: number
}

/** How much a word says: its idf in the library. */
export type TermWeight = (term: string) => number

/** What a word of the question counts for, by where it is found; in the sentence itself it is 1. */
const share = {
  /** In the sentence, in another form: "founder" for "founded". */
  related: 0.5,
  /** In the sentence before, which pronouns point to. */
  before: 0.3,
  after: 0.15,
  /** Elsewhere in the passage or in its heading: what it is about need not be said again. */
  passage: 0.25,
} as const
/** What the kind of a sentence is worth, against 1 for all words of the question. */
const cueWeight = 0.12

/**
 * Scores every sentence of the passages against the question, from 0 to somewhat above 1.
 * @returns for each passage its sentences in reading order, as ranges of the page.
 */
export function scoreSentences(
  question: string,
  passages: readonly PassageText[],
  weight: TermWeight,
): ScoredSentence[][] {
  const words = contentTerms(question).map((term) => ({ term, weight: weight(term) }))
  const total = words.reduce((sum, word) => sum + word.weight, 0) || 1
  const cues = readQuestion(question)
  return passages.map((passage) => {
    const sentences = splitSentences(passage.text).map(({ start, end }) => {
      const text = passage.text.slice(start, end)
      return { start, end, text, terms: new Set(terms(text)) }
    })
    const anywhere = new Set(terms(passage.heading))
    for (const sentence of sentences) for (const term of sentence.terms) anywhere.add(term)
    return sentences.map(({ start, end, text, terms: own }, index) => {
      const before = sentences[index - 1]?.terms
      const after = sentences[index + 1]?.terms
      let matched = 0
      for (const word of words) {
        matched += word.weight * found(word.term)
      }
      const score = matched / total + cueWeight * (cues(text) - penalty(text, own.size))
      return { start: passage.start + start, end: passage.start + end, text, score }

      function found(term: string): number {
        if (own.has(term)) return 1
        if (hasRelated(own, term)) return share.related
        if (before?.has(term) === true) return share.before
        if (anywhere.has(term))
          return after?.has(term) === true ? share.passage + share.after : share.passage
        return 0
      }
    })
  })
}

/** Questions answer nothing; headings and scraps name a thing without saying anything of it. */
function penalty(text: string, words: number): number {
  return /\?["'”’)]*$/u.test(text) || words < 5 ? 1 : 0
}

/** Terms of one family: most of the longer one is how both begin. */
export function areRelated(a: string, b: string): boolean {
  const needed = Math.max(4, Math.ceil(0.7 * Math.max(a.length, b.length)))
  return Math.min(a.length, b.length) >= needed && a.slice(0, needed) === b.slice(0, needed)
}

function hasRelated(own: ReadonlySet<string>, term: string): boolean {
  if (term.length < 4) return false
  for (const other of own) if (areRelated(term, other)) return true
  return false
}
