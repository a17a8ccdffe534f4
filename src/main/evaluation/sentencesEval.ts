import { scoreSentences, type PassageText } from '../retrieval/keySentences.ts'
import type { EvalLibrary } from './evalLibrary.ts'
import { share } from './metrics.ts'
import { createRandom, shuffled } from '../../shared/domain/random.ts'
import { readSquad, type SquadParagraph, type SquadQuestion } from './squad.ts'

/** Shares of the questions whose answer is in the best, or in one of the best three, sentences. */
export interface SentencesFigures {
  readonly questions: number
  readonly 'hit@1': number
  readonly 'hit@3': number
}

const seed = 20_260_401
const otherParagraphs = 2

/** Scores the sentences of each question's own paragraph and of two others, drawn by a fixed seed. */
export async function evalSentences(
  { squadFile }: { readonly squadFile: string },
  library: Pick<EvalLibrary, 'importTexts' | 'statistics'> & {
    readonly store: Pick<EvalLibrary['store'], 'languages'>
  },
): Promise<SentencesFigures> {
  const paragraphs = await readSquad(squadFile)
  await library.importTexts(paragraphs)
  const [language] = library.store.languages()
  const weight = (term: string): number => library.statistics.idf(term)
  const random = createRandom(seed)
  const ranks: number[] = []
  for (const own of paragraphs) {
    for (const question of own.questions) {
      const others = shuffled(
        paragraphs.filter((paragraph) => paragraph !== own),
        random,
      ).slice(0, otherParagraphs)
      ranks.push(rankOfAnswer(question, [own, ...others], language, weight))
    }
  }
  const within = (count: number): number =>
    share(ranks.filter((rank) => rank < count).length, ranks.length)
  return { questions: ranks.length, 'hit@1': within(1), 'hit@3': within(3) }
}

/**
 * Position, from 0, of the first sentence that contains one of the answers; infinite if none does.
 *
 * @param paragraphs the first is the one that answers.
 */
function rankOfAnswer(
  { question, spans }: SquadQuestion,
  paragraphs: readonly SquadParagraph[],
  language: string | undefined,
  weight: (term: string) => number,
): number {
  const passages = paragraphs.map(({ text }): PassageText => ({
    text,
    heading: '',
    start: 0,
    language,
  }))
  const ranked = scoreSentences(question, passages, weight)
    .flatMap((sentences, passage) => sentences.map((sentence) => ({ ...sentence, passage })))
    .sort((a, b) => b.score - a.score)
  const rank = ranked.findIndex(
    (sentence) =>
      sentence.passage === 0 &&
      spans.some(({ start, end }) => sentence.start <= start && end <= sentence.end),
  )
  return rank < 0 ? Number.POSITIVE_INFINITY : rank
}
