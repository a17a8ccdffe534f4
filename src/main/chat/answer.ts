import type { AskItem } from '../../shared/contract/chat.ts'
import type { Answer } from '../../shared/domain/conversation.ts'
import { createAnswerProgress, type AnswerProgress } from './answerProgress.ts'
import type { AnswerDeps, AnswerModel, AnswerRequest } from './answerDeps.ts'
import type { FittedPrompt } from './contextBudget.ts'
import { findPassages, fitPassages, fitWholeDocument, type Fitted } from './gatherPassages.ts'
import { passagesAnswer } from './passagesAnswer.ts'
import { answerUngrounded } from './plainChat.ts'
import { nameHeadings } from './places.ts'
import { groundedPrompt, isRefusal, refusal } from './prompt.ts'
import { answerByQuoting } from './quote.ts'
import { samplingOf } from './sampling.ts'
import { emptyAnswer, toCitable, toSources } from './sources.ts'
import { answerByTemplate } from './template/answerByTemplate.ts'
import { answerByWriting } from './write.ts'

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
    const answer = await answerInOneWay(deps, request, progress, emit, signal)
    return withTimings(await nameHeadings(answer, deps.library), progress)
  } finally {
    progress.flush()
  }
}

function answerInOneWay(
  deps: AnswerDeps,
  request: AnswerRequest,
  progress: AnswerProgress,
  emit: (item: AskItem) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const { scope, template } = request
  if (template != null) {
    return answerByTemplate({ deps, request, chosen: template, progress, emit, signal })
  }
  const answering = scope.kind === 'none' ? answerUngrounded : answerGrounded
  return answering(deps, request, progress, emit, signal)
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
    return { ...base, ...(await answerFrom(deps, request, whole, progress, signal)) }
  }

  const { evidence, searchMs, outcome } = await findPassages(deps, request, emit, signal)
  const found: Answer = {
    ...emptyAnswer,
    sources: toSources(evidence, [], documentOf),
    evidence: outcome.decision,
    timings: { ...emptyAnswer.timings, searchMs },
  }
  emit({ type: 'sources', sources: found.sources })
  const tooWeak = outcome.decision.best < outcome.decision.threshold && !request.ignoreThreshold
  if (evidence.length === 0 || tooWeak) {
    progress.text(refusal)
    return { ...found, kind: 'not-found', text: refusal }
  }
  const model = await loadModel()
  if (model === null) return { ...found, ...passagesAnswer(evidence, documentOf, progress) }
  const prompt = await fitPassages(deps.llm, request, model, evidence)
  const sources = toSources(evidence, prompt.sources, documentOf)
  emit({ type: 'sources', sources })
  const fitted = { evidence, prompt, model, answering: request.answering ?? model.answering }
  return {
    ...found,
    sources,
    model: model.info.name,
    ...(await answerFrom(deps, request, fitted, progress, signal)),
  }
}

async function answerFrom(
  deps: AnswerDeps,
  request: AnswerRequest,
  fitted: Fitted,
  progress: AnswerProgress,
  signal: AbortSignal,
): Promise<Partial<Answer>> {
  const { prompt, answering } = fitted
  const read = { budget: prompt.budget, prompt: prompt.text, promptParts: prompt.parts }
  const answer =
    answering === 'quote'
      ? await quoted(deps, fitted, progress, signal)
      : await written(deps, request, prompt, progress, signal)
  return { ...read, ...answer }
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
  { sampling, seed }: AnswerRequest,
  prompt: FittedPrompt,
  progress: AnswerProgress,
  signal: AbortSignal,
): Promise<Partial<Answer>> {
  const citable = prompt.sources.flatMap((source) => toCitable(source, deps.library.documentOf))
  const { stopped, ...result } = await answerByWriting(
    deps.llm,
    groundedPrompt(prompt.question, prompt.history),
    samplingOf(sampling, prompt.budget.reserve, seed),
    citable,
    deps.weight,
    progress,
    signal,
  )
  const status = stopped ? 'stopped' : 'complete'
  return { ...result, status, kind: isRefusal(result.text) ? 'not-found' : 'written' }
}

/** A quote appears whole, in no time: only what takes this long has a speed. Milliseconds. */
const shortestToMeasure = 20

function withTimings(answer: Answer, progress: AnswerProgress): Answer {
  const { firstTokenMs, totalMs, generatingMs } = progress.timings()
  const generated = answer.tokens.generated
  const hasSpeed = generated > 1 && generatingMs >= shortestToMeasure
  return {
    ...answer,
    timings: {
      searchMs: answer.timings.searchMs,
      firstTokenMs,
      totalMs,
      tokensPerSecond: hasSpeed ? (generated / generatingMs) * 1000 : null,
    },
  }
}
