import type { AskItem } from '../../shared/contract/chat.ts'
import type { AnswerMode } from '../../shared/domain/conversation.ts'
import type { Llm } from '../llm/llm.ts'
import { holdsEverything } from '../retrieval/fitSources.ts'
import type { SearchOutcome } from '../retrieval/retrieval.ts'
import { withTitles, type TitledPassage } from '../retrieval/titledPassages.ts'
import type { AnswerDeps, AnswerModel, AnswerRequest } from './answerDeps.ts'
import { fitPrompt, writeReserve, type FittedPrompt } from './contextBudget.ts'
import { weighOwnWords } from './weighOwnWords.ts'
import { quoteReserve } from './quote.ts'

/** Key sentences in a prompt: the best of three holds the answer nearly always, more only dilute. */
const keySentencesInPrompt = 3

/** Evidence that was fitted to a model's context. */
export interface Fitted {
  readonly evidence: readonly TitledPassage[]
  readonly prompt: FittedPrompt
  readonly model: AnswerModel
  readonly answering: AnswerMode
}

/** "Summarise this": a document that fits the budget whole is read whole, without a search. */
export async function fitWholeDocument(
  { library, llm }: AnswerDeps,
  request: AnswerRequest,
  loadModel: () => Promise<AnswerModel | null>,
): Promise<Fitted | null> {
  const pages = await library.wholeDocument(request.scope, request.question)
  if (pages === null || pages.length === 0) return null
  const model = await loadModel()
  if (model === null) return null
  const evidence = withTitles(pages, library.documentOf)
  const prompt = await fitPassages(llm, request, model, evidence)
  if (!holdsEverything(prompt.sources, evidence)) return null
  return { evidence, prompt, model, answering: request.answering ?? model.answering }
}

/** The prompt for a model, as much of the evidence in it as its context holds. */
export async function fitPassages(
  llm: Llm,
  { question, history, answering, sampling }: AnswerRequest,
  model: AnswerModel,
  evidence: readonly TitledPassage[],
): Promise<FittedPrompt> {
  const { contextSize } = model.info
  const quoting = (answering ?? model.answering) === 'quote'
  return fitPrompt({
    llm,
    contextSize,
    question,
    history,
    evidence,
    keySentences: model.keySentences ? keySentencesInPrompt : 0,
    reserve: quoting
      ? await longestQuote(llm, evidence, contextSize)
      : writeReserve(contextSize, sampling?.maxTokens),
  })
}

async function longestQuote(
  llm: Llm,
  evidence: readonly TitledPassage[],
  contextSize: number,
): Promise<number> {
  const sentences = evidence.flatMap(({ passage }) => passage.sentences.map((one) => one.text))
  return quoteReserve(await llm.countTokens(sentences), contextSize)
}

/** What a search brought up, and how long it took. */
export interface Found {
  readonly evidence: readonly TitledPassage[]
  readonly outcome: SearchOutcome
  readonly searchMs: number
}

/** Searches, and scores the sentences that were found against the question as it was asked. */
export async function findPassages(
  { library, retrieval, settings, scoreSentences }: AnswerDeps,
  { query, question, scope }: AnswerRequest,
  emit: (item: AskItem) => void,
  signal: AbortSignal,
): Promise<Found> {
  const startedAt = performance.now()
  emit({ type: 'searching', query, passages: await library.chunkCount() })
  const outcome = await retrieval.search(query, {
    limit: settings().passages,
    contents: library.contentsIn(scope),
    isLive: library.isLive,
    signal,
  })
  const passages =
    query === question
      ? outcome.passages
      : weighOwnWords(question, outcome.passages, scoreSentences)
  return {
    evidence: withTitles(passages, library.documentOf),
    outcome,
    searchMs: performance.now() - startedAt,
  }
}
