import { AppError } from '../../shared/errors.ts'
import type { AnswerMode } from '../../shared/domain/conversation.ts'
import type { Llm } from '../llm/llm.ts'
import { keepsEverything } from '../prompting/fitSources.ts'
import type { SearchOutcome } from '../retrieval/retrieval.ts'
import { withTitles, type TitledPassage } from '../retrieval/titledPassages.ts'
import type { AnswerModel, AnswerRequest } from './answerDeps.ts'
import { loadModel, type AnswerTask } from './answerTask.ts'
import { fitQuestion, writeReserve, type FittedQuestion } from './fitQuestion.ts'
import { quoteReserve } from './quote.ts'
import { weighOwnWords } from './weighOwnWords.ts'

/**
 * Number of key sentences in a prompt. The answer is nearly always in one of the best three; more
 * only dilute.
 */
const keySentencesInPrompt = 3

/** Passages, and the prompt with as much of them as fits. */
export interface FittedPassages {
  readonly passages: readonly TitledPassage[]
  readonly prompt: FittedQuestion
  readonly model: AnswerModel
  readonly mode: AnswerMode
}

/** "Summarise this": a document that fits the prompt is used whole, without a search. */
export async function fitWholeDocument(task: AnswerTask): Promise<FittedPassages | null> {
  const { library, llm } = task.deps
  const pages = await library.wholeDocument(task.request.scope, task.request.question)
  if (pages === null || pages.length === 0) return null
  const model = await loadModel(task)
  if (model === null) return null
  const fitted = await fitPassages(llm, task.request, model, withTitles(pages, library.documentOf))
  if (fitted === null) return null
  return keepsEverything(fitted.prompt.sources, fitted.passages) ? fitted : null
}

/**
 * Builds the prompt with as much of the passages as the context has room for.
 *
 * @returns null if there is no room for the question of a model that only chooses quotes: code quotes without it.
 * @throws AppError `prompt-too-long` if there is none for one that is to write.
 */
export async function fitPassages(
  llm: Llm,
  {
    question,
    history,
    answering,
    sampling,
  }: Pick<AnswerRequest, 'question' | 'history' | 'answering' | 'sampling'>,
  model: AnswerModel,
  passages: readonly TitledPassage[],
): Promise<FittedPassages | null> {
  const { contextSize } = model.info
  const mode = answering ?? model.answering
  const fitting = fitQuestion({
    llm,
    contextSize,
    question,
    history,
    passages,
    keySentences: model.keySentences ? keySentencesInPrompt : 0,
    reserve:
      mode === 'quote'
        ? await longestQuote(llm, passages, contextSize)
        : writeReserve(contextSize, sampling?.maxTokens),
  })
  const prompt = await (mode === 'quote' ? orNull(fitting) : fitting)
  return prompt === null ? null : { passages, prompt, model, mode }
}

async function orNull<T>(fitting: Promise<T>): Promise<T | null> {
  try {
    return await fitting
  } catch (error) {
    if (error instanceof AppError && error.code === 'prompt-too-long') return null
    throw error
  }
}

async function longestQuote(
  llm: Llm,
  passages: readonly TitledPassage[],
  contextSize: number,
): Promise<number> {
  const sentences = passages.flatMap((passage) => passage.sentences.map((one) => one.text))
  return quoteReserve(await llm.countTokens(sentences), contextSize)
}

/** The result of a search, and how long it took. */
export interface FoundPassages {
  readonly passages: readonly TitledPassage[]
  readonly outcome: SearchOutcome
  readonly searchMs: number
}

/** Searches. If the query differs from the question, sentences are scored by both. */
export async function findPassages({
  deps,
  request,
  emit,
  signal,
}: AnswerTask): Promise<FoundPassages> {
  const { library, retrieval, settings, scoreSentences } = deps
  const { query, question, scope } = request
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
    passages: withTitles(passages, library.documentOf),
    outcome,
    searchMs: performance.now() - startedAt,
  }
}
