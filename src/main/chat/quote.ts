import { citeRange } from '../../shared/domain/citeRange.ts'
import type { AnswerSentence, Citation, QuoteCandidate } from '../../shared/domain/conversation.ts'
import type { TokenUse } from '../llm/llm.ts'
import type { DocumentOf, TitledPassage } from '../retrieval/titledPassages.ts'
import type { AnswerTask } from './answerTask.ts'
import { usualOrderScale } from './choice/fitOrderScale.ts'
import type { CitableSource } from './citations.ts'
import type { FittedQuestion } from './fitQuestion.ts'
import { groundedPrompt, refusal } from './prompt.ts'
import { keySentencesOf, quotableTokens } from './promptSentences.ts'
import { mostCandidates, quotableLines, type QuotableLine } from './quoteLines.ts'
import { toCitable } from './sources.ts'

/** Smallest context size, in tokens, for answers of several sentences. */
const roomyContext = 2048
const mostQuotes = 3
/** Characters; what is longer is no sentence that a person would quote. */
const longestSentence = 600

export interface Quoted {
  readonly text: string
  readonly sentences: readonly AnswerSentence[]
  readonly candidates: readonly QuoteCandidate[]
  readonly refused: boolean
  readonly stopped: boolean
  readonly tokens: TokenUse
}

/**
 * Answers with one to three sentences of the sources, verbatim: the model chooses among candidate
 * lines and can't generate anything else. Search scores are used as a prior, which matters for a
 * small model and little for a large, more certain one.
 *
 * @param evidenceScore how likely it is that the sources contain the answer, 0 to 1.
 * @param orderScale how much the search's order counts, see `fitOrderScale`; null: not measured.
 */
export async function answerByQuoting(
  { deps, progress, signal }: AnswerTask,
  prompt: FittedQuestion,
  evidenceScore: number,
  orderScale: number | null,
): Promise<Quoted> {
  const lines = candidateLines(prompt, deps.library.documentOf)
  const texts = [...lines.map((line) => line.text), refusal]
  let text = ''
  const sentences: AnswerSentence[] = []
  let refused = false
  const items = deps.llm.choose(
    groundedPrompt(prompt.question, prompt.history),
    texts,
    {
      maxChoices: quotesIn(prompt.budget.context),
      final: [texts.length - 1],
      prior: [...priorOf(lines, orderScale ?? usualOrderScale), refusalPrior(evidenceScore)],
    },
    signal,
  )
  for await (const item of items) {
    switch (item.type) {
      case 'prefill':
        progress.reading(item.done, item.total, item.reused)
        break
      case 'choice': {
        const line = lines[item.candidate]
        const added = (text === '' ? '' : '\n') + (texts[item.candidate] ?? '')
        const start = text.length + added.length - (texts[item.candidate] ?? '').length
        text += added
        refused = line === undefined
        if (line !== undefined) {
          sentences.push({
            start,
            end: text.length,
            text: line.text,
            support: 'whole',
            citations: [line.citation],
          })
        }
        progress.text(added)
        break
      }
      case 'done':
        return {
          text,
          sentences,
          candidates: texts.map((candidate, index) => ({
            text: candidate,
            source: lines[index]?.source ?? null,
            probability: item.probabilities[index] ?? 0,
          })),
          refused,
          stopped: item.stop === 'aborted',
          tokens: item.tokens,
        }
    }
  }
  throw new Error('The model ended its answer without saying so')
}

/**
 * Whether the model can be offered the sentence that matches the question best. It cannot where it spells a
 * script in so many tokens that the sentence is too long: then it would choose among wrong ones.
 */
export function offersBest(
  { sources, budget }: Pick<FittedQuestion, 'sources' | 'budget'>,
  passages: readonly TitledPassage[],
): boolean {
  const offered = keySentencesOf(sources, mostCandidates, budget.context)
  const scores = passages
    .flatMap(({ sentences }) => sentences)
    .filter(({ text }) => text.length <= longestSentence)
    .map(({ score }) => score)
  return Math.max(...offered.map(({ sentence }) => sentence.score)) >= Math.max(...scores)
}

/** Prior weights: 1 for the best sentence, less for others by the difference of their scores. */
function priorOf(lines: readonly CandidateLine[], scale: number): number[] {
  const best = Math.max(...lines.map((line) => line.score))
  return lines.map((line) => Math.exp((line.score - best) / scale))
}

/**
 * The odds that the sources don't contain the answer, squared. This has the same effect as the
 * square root of the model's probability: the search has seen all documents, the model only a few
 * passages.
 */
function refusalPrior(evidenceScore: number): number {
  const certain = 0.99
  const likely = Math.min(Math.max(evidenceScore, 1 - certain), certain)
  return ((1 - likely) / likely) ** 2
}

interface CandidateLine extends QuotableLine {
  readonly citation: Citation
}

/** The distinct key sentences as candidate lines with their citations. */
function candidateLines(prompt: FittedQuestion, documentOf: DocumentOf): CandidateLine[] {
  const citable = new Map<number, CitableSource>()
  for (const source of prompt.sources) {
    for (const item of toCitable(source, documentOf)) citable.set(item.number, item)
  }
  return quotableLines(prompt).flatMap((line) => {
    const from = citable.get(line.source)
    return from === undefined ? [] : [{ ...line, citation: citeRange(from, line.sentence) }]
  })
}

/** Tokens to reserve so that every candidate fits, with its quotation marks and source number. */
export function quoteReserve(sentenceTokens: readonly number[], contextSize: number): number {
  const longest = quotableTokens(contextSize)
  const needed = Math.max(0, ...sentenceTokens.filter((tokens) => tokens <= longest))
  return (needed + 12) * quotesIn(contextSize)
}

function quotesIn(contextSize: number): number {
  return contextSize >= roomyContext ? mostQuotes : 1
}
