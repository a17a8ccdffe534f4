import type { AskItem } from '../../shared/contract/chat.ts'
import type { Answer, Answering, Scope } from '../../shared/domain/conversation.ts'
import type { LibraryDocument } from '../../shared/domain/libraryDocument.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Llm, LlmInfo, PromptTurn } from '../llm/llm.ts'
import type { Passage, Retrieval, SearchOutcome } from '../retrieval/retrieval.ts'
import { createAnswerProgress, type AnswerProgress } from './answerProgress.ts'
import type { TermWeight } from './citations.ts'
import {
  fitChat,
  fitPrompt,
  holdsEverything,
  type Evidence,
  type FittedPrompt,
  writeReserve,
} from './contextBudget.ts'
import { focusOn, type ScoreSentences } from './focus.ts'
import { passagesAnswer } from './passagesAnswer.ts'
import { groundedPrompt, refusal } from './prompt.ts'
import { answerByQuoting, quoteReserve } from './quote.ts'
import { emptyAnswer, toCitable, toEvidence, toSources } from './sources.ts'
import { answerByWriting } from './write.ts'

/** What answering needs to know of the library. */
export interface AnswerLibrary {
  /** undefined: everything. */
  readonly contentsIn: (scope: Scope) => ReadonlySet<string> | undefined
  readonly isLive: (content: string) => boolean
  readonly documentOf: (content: string) => LibraryDocument | undefined
  /** Number of chunks that can be searched. */
  readonly passages: () => Promise<number>
  /** Every page of a document as a passage, when the scope is that one document; else null. */
  readonly wholeDocument: (scope: Scope, question: string) => Promise<readonly Passage[] | null>
}

/** The model that is to answer, loaded, with what is set for it; null: passages only. */
export interface AnswerModel {
  readonly info: LlmInfo
  readonly answering: Answering
  readonly keySentences: boolean
}

export interface AnswerDeps {
  readonly library: AnswerLibrary
  readonly retrieval: Retrieval
  readonly llm: Llm
  readonly settings: () => Settings
  readonly weight: TermWeight
  readonly scoreSentences: ScoreSentences
  /** Waits until a model is loaded. */
  readonly model: (
    onLoading: (fraction: number | null) => void,
    signal: AbortSignal,
  ) => Promise<AnswerModel | null>
}

export interface AnswerRequest {
  readonly question: string
  /** What is searched for. */
  readonly query: string
  readonly scope: Scope
  /** null: as is set for the model. */
  readonly answering: Answering | null
  readonly history: readonly PromptTurn[]
  readonly ignoreThreshold: boolean
}

/** Key sentences in a prompt: the best of three holds the answer nearly always, more only dilute. */
const keySentencesInPrompt = 3

/**
 * Answers one question: search, decide whether the documents hold an answer, fit the evidence to
 * the model, let it write or quote, bind the citations. An abort keeps what there is.
 */
export async function answerQuestion(
  deps: AnswerDeps,
  request: AnswerRequest,
  emit: (item: AskItem) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const progress = createAnswerProgress(emit)
  try {
    const answer =
      request.scope.kind === 'none'
        ? await answerUngrounded(deps, request, progress, emit, signal)
        : await answerGrounded(deps, request, progress, emit, signal)
    return withTimings(answer, progress)
  } finally {
    progress.flush()
  }
}

async function answerGrounded(
  deps: AnswerDeps,
  request: AnswerRequest,
  progress: AnswerProgress,
  emit: (item: AskItem) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const { documentOf } = deps.library
  const loadModel = (): Promise<AnswerModel | null> =>
    deps.model((fraction) => emit({ type: 'loading-model', fraction }), signal)
  const whole = await fitWholeDocument(deps, request, loadModel)
  if (whole !== null) {
    const sources = toSources(whole.evidence, whole.prompt.sources, documentOf)
    emit({ type: 'sources', sources })
    const base: Answer = { ...emptyAnswer, sources, model: whole.model.info.name }
    return { ...base, ...(await answerFrom(deps, whole, progress, signal)) }
  }

  const { evidence, searchMs, outcome } = await findEvidence(deps, request, emit, signal)
  const found: Answer = {
    ...emptyAnswer,
    sources: toSources(evidence, [], documentOf),
    evidence: outcome.evidence,
    timings: { ...emptyAnswer.timings, searchMs },
  }
  emit({ type: 'sources', sources: found.sources })
  const tooWeak = outcome.evidence.best < outcome.evidence.threshold && !request.ignoreThreshold
  if (evidence.length === 0 || tooWeak) {
    progress.text(refusal)
    return { ...found, kind: 'not-found', text: refusal }
  }
  const model = await loadModel()
  if (model === null) return { ...found, ...passagesAnswer(evidence, documentOf, progress) }
  const prompt = await fitEvidence(deps.llm, request, model, evidence)
  const sources = toSources(evidence, prompt.sources, documentOf)
  emit({ type: 'sources', sources })
  const fitted = { evidence, prompt, model, answering: request.answering ?? model.answering }
  return {
    ...found,
    sources,
    model: model.info.name,
    ...(await answerFrom(deps, fitted, progress, signal)),
  }
}

/** Evidence that was fitted to a model's context. */
interface Fitted {
  readonly evidence: readonly Evidence[]
  readonly prompt: FittedPrompt
  readonly model: AnswerModel
  readonly answering: Answering
}

/** "Summarise this": a document that fits the budget whole is read whole, without a search. */
async function fitWholeDocument(
  { library, llm }: AnswerDeps,
  request: AnswerRequest,
  loadModel: () => Promise<AnswerModel | null>,
): Promise<Fitted | null> {
  const pages = await library.wholeDocument(request.scope, request.question)
  if (pages === null || pages.length === 0) return null
  const model = await loadModel()
  if (model === null) return null
  const evidence = toEvidence(pages, library.documentOf)
  const prompt = await fitEvidence(llm, request, model, evidence)
  if (!holdsEverything(prompt, evidence)) return null
  return { evidence, prompt, model, answering: request.answering ?? model.answering }
}

async function fitEvidence(
  llm: Llm,
  { question, history, answering }: AnswerRequest,
  model: AnswerModel,
  evidence: readonly Evidence[],
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
    reserve: quoting ? await longestQuote(llm, evidence, contextSize) : writeReserve(contextSize),
  })
}

async function answerFrom(
  deps: AnswerDeps,
  fitted: Fitted,
  progress: AnswerProgress,
  signal: AbortSignal,
): Promise<Partial<Answer>> {
  const { prompt, answering } = fitted
  const read = { budget: prompt.budget, prompt: prompt.text }
  const answer =
    answering === 'quote'
      ? await quoted(deps, fitted, progress, signal)
      : await written(deps, prompt, progress, signal)
  return { ...read, ...answer }
}

interface Found {
  readonly evidence: readonly Evidence[]
  readonly outcome: SearchOutcome
  readonly searchMs: number
}

async function findEvidence(
  { library, retrieval, settings, scoreSentences }: AnswerDeps,
  { query, question, scope }: AnswerRequest,
  emit: (item: AskItem) => void,
  signal: AbortSignal,
): Promise<Found> {
  const startedAt = performance.now()
  emit({ type: 'searching', query, passages: await library.passages() })
  const outcome = await retrieval.search(query, {
    limit: settings().passages,
    contents: library.contentsIn(scope),
    isLive: library.isLive,
    signal,
  })
  const passages =
    query === question ? outcome.passages : focusOn(question, outcome.passages, scoreSentences)
  return {
    evidence: toEvidence(passages, library.documentOf),
    outcome,
    searchMs: performance.now() - startedAt,
  }
}

async function quoted(
  deps: AnswerDeps,
  { prompt, evidence: sources }: Fitted,
  progress: AnswerProgress,
  signal: AbortSignal,
): Promise<Partial<Answer>> {
  const evidence = Math.max(...sources.map(({ passage }) => passage.scores.evidence))
  const { refused, stopped, ...result } = await answerByQuoting(
    deps.llm,
    prompt,
    evidence,
    deps.library.documentOf,
    progress,
    signal,
  )
  const status = stopped ? 'stopped' : 'complete'
  return { ...result, status, kind: refused ? 'not-found' : 'quoted' }
}

async function written(
  deps: AnswerDeps,
  prompt: FittedPrompt,
  progress: AnswerProgress,
  signal: AbortSignal,
): Promise<Partial<Answer>> {
  const citable = prompt.sources.flatMap((source) => toCitable(source, deps.library.documentOf))
  const { stopped, ...result } = await answerByWriting(
    deps.llm,
    groundedPrompt(prompt.question, prompt.history),
    prompt.budget.reserve,
    citable,
    deps.weight,
    progress,
    signal,
  )
  const status = stopped ? 'stopped' : 'complete'
  return { ...result, status, kind: isRefusal(result.text) ? 'not-found' : 'written' }
}

/** Models refuse in the words they were given, now and then with a little around them. */
function isRefusal(text: string): boolean {
  return text.trim().toLowerCase().startsWith(refusal.slice(0, -1).toLowerCase())
}

async function longestQuote(
  llm: Llm,
  evidence: readonly Evidence[],
  contextSize: number,
): Promise<number> {
  const sentences = evidence.flatMap(({ passage }) => passage.sentences.map((one) => one.text))
  return quoteReserve(await llm.countTokens(sentences), contextSize)
}

async function answerUngrounded(
  deps: AnswerDeps,
  request: AnswerRequest,
  progress: AnswerProgress,
  emit: (item: AskItem) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const model = await deps.model((fraction) => emit({ type: 'loading-model', fraction }), signal)
  if (model === null) {
    const text =
      'Plain chat needs a model, and none is loaded. Choose one in Settings, or ask your documents.'
    progress.text(text)
    return { ...emptyAnswer, kind: 'ungrounded', text }
  }
  const { prompt, text } = await fitChat(deps.llm, request, model.info.contextSize)
  const { stopped, ...result } = await answerByWriting(
    deps.llm,
    prompt,
    writeReserve(model.info.contextSize),
    [],
    deps.weight,
    progress,
    signal,
  )
  return {
    ...emptyAnswer,
    ...result,
    // Nothing was to be cited, so nothing can lack a citation.
    sentences: [],
    status: stopped ? 'stopped' : 'complete',
    kind: 'ungrounded',
    model: model.info.name,
    prompt: text,
  }
}

function withTimings(answer: Answer, progress: AnswerProgress): Answer {
  const { firstTokenMs, totalMs, generatingMs } = progress.timings()
  const generated = answer.tokens.generated
  return {
    ...answer,
    timings: {
      searchMs: answer.timings.searchMs,
      firstTokenMs,
      totalMs,
      tokensPerSecond: generated > 1 && generatingMs > 0 ? (generated / generatingMs) * 1000 : null,
    },
  }
}
