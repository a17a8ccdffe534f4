import { citeRange } from '../../shared/domain/citeRange.ts'
import type { AnswerSentence, Citation, QuoteCandidate } from '../../shared/domain/conversation.ts'
import type { ChoiceWeights } from '../llm/calibration.ts'
import type { TokenUse } from '../llm/llm.ts'
import type { DocumentOf, TitledPassage } from '../retrieval/titledPassages.ts'
import type { AnswerTask } from './answerTask.ts'
import { choiceShares } from './choice/choiceShares.ts'
import type { CitableSource } from './citations.ts'
import type { FittedQuestion } from './fitQuestion.ts'
import { groundedPrompt, refusal } from './prompt.ts'
import { keySentencesOf, quotableTokens } from './promptSentences.ts'
import { createQuotation } from './quotation.ts'
import { mostCandidates, quotableLines, type QuotableLine } from './quoteLines.ts'
import { toCitable } from './sources.ts'

/** Smallest context size, in tokens, for answers of several sentences. */
const roomyContext = 2048
const mostQuotes = 3
/**
 * With XQuAD's sentences in five languages, 1.3 (English) to 1.6 sentences (Chinese) are quoted on average, and
 * one holds the answer for 0.86 to 0.89 of the questions; with one, for 0.76 to 0.79.
 */
const sureEnough = 0.7
/** So steep that the order of the search alone decides. */
const orderAlone = 1000
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
 * small model and little for a large, more certain one. Where its choice is in doubt, the next likely
 * sentences are quoted as well.
 *
 * @param evidenceScore how likely it is that the sources contain the answer, 0 to 1.
 * @param weights how much the model's choice and the search's score count.
 */
export async function answerByQuoting(
  { deps, progress, signal }: AnswerTask,
  prompt: FittedQuestion,
  evidenceScore: number,
  weights: ChoiceWeights,
): Promise<Quoted> {
  const lines = candidateLines(prompt, deps.library.documentOf)
  const texts = [...lines.map((line) => line.text), refusal]
  const quotation = createQuotation()
  const add = (candidate: number): void => {
    const line = texts[candidate] ?? ''
    progress.text(quotation.add(line, lines[candidate]?.citation))
  }
  const chosen: number[] = []
  const items = deps.llm.choose(
    groundedPrompt(prompt.question, prompt.history),
    texts,
    {
      maxChoices: quotesIn(prompt.budget.context),
      final: [texts.length - 1],
      prior: [...priorOf(lines, weights), refusalPrior(evidenceScore)],
    },
    signal,
  )
  for await (const item of items) {
    switch (item.type) {
      case 'prefill':
        progress.reading(item.done, item.total, item.reused)
        break
      case 'choice':
        chosen.push(item.candidate)
        add(item.candidate)
        break
      case 'done': {
        const { probabilities, tokens } = item
        const refused = chosen.some((candidate) => lines[candidate] === undefined)
        const stopped = item.stop === 'aborted'
        const shares = choiceShares(withProbabilities(lines, probabilities), weights)
        for (const more of refused || stopped ? [] : untilSure(shares, chosen)) add(more)
        const candidates = offered(texts, lines, probabilities)
        return { ...quotation.written(), candidates, refused, stopped, tokens }
      }
    }
  }
  throw new Error('The model ended its answer without saying so')
}

function withProbabilities(lines: readonly CandidateLine[], probabilities: readonly number[]) {
  return lines.map(({ score }, at) => ({ score, probability: probabilities[at] ?? 0 }))
}

function offered(
  texts: readonly string[],
  lines: readonly CandidateLine[],
  probabilities: readonly number[],
): readonly QuoteCandidate[] {
  return texts.map((text, at) => ({
    text,
    source: lines[at]?.source ?? null,
    probability: probabilities[at] ?? 0,
  }))
}

/**
 * The likeliest candidates that have to be added to those that were chosen until the right one is among
 * them in seven of ten cases, or until there are three.
 *
 * @param shares how likely each candidate is the right one.
 */
export function untilSure(shares: readonly number[], chosen: readonly number[]): readonly number[] {
  const added: number[] = []
  let sure = chosen.reduce((sum, candidate) => sum + (shares[candidate] ?? 0), 0)
  const others = [...shares.keys()]
    .filter((candidate) => !chosen.includes(candidate))
    .sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0))
  for (const candidate of others) {
    if (sure >= sureEnough || chosen.length + added.length >= mostQuotes) break
    added.push(candidate)
    sure += shares[candidate] ?? 0
  }
  return added
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
function priorOf(lines: readonly CandidateLine[], { model, score }: ChoiceWeights): number[] {
  const best = Math.max(...lines.map((line) => line.score))
  const steepness = Math.min(score / model, orderAlone)
  return lines.map((line) => Math.exp(steepness * (line.score - best)))
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
