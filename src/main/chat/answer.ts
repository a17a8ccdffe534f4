import { otherLanguageInWords } from '../../shared/domain/language/otherLanguageInWords.ts'
import type { AskItem } from '../../shared/contract/chat.ts'
import type { Answer } from '../../shared/domain/conversation.ts'
import type { AnswerDeps, AnswerRequest } from './answerDeps.ts'
import { createAnswerProgress, type AnswerProgress } from './answerProgress.ts'
import { loadModel, type AnswerTask } from './answerTask.ts'
import type { FittedQuestion } from './fitQuestion.ts'
import {
  findPassages,
  fitPassages,
  fitWholeDocument,
  type FittedPassages,
} from './gatherPassages.ts'
import { passagesAnswer } from './passagesAnswer.ts'
import type { TitledPassage } from '../retrieval/titledPassages.ts'
import { answerUngrounded } from './plainChat.ts'
import { nameHeadings } from './places.ts'
import { groundedPrompt, isRefusal, refusal } from './prompt.ts'
import { answerByQuoting, offersBest } from './quote.ts'
import { samplingOf } from './sampling.ts'
import { emptyAnswer, toCitable, toSources } from './sources.ts'
import { answerByTemplate } from './template/answerByTemplate.ts'
import { answerByWriting } from './write.ts'

/**
 * Answers one question: searches, decides whether the documents contain an answer, fits the
 * passages into the prompt, lets the model write or quote, and binds the citations. An abort keeps
 * the partial answer.
 */
export async function answerQuestion(
  deps: AnswerDeps,
  request: AnswerRequest,
  emit: (item: AskItem) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const progress = createAnswerProgress(emit)
  try {
    const answer = await answerInOneWay({ deps, request, progress, emit, signal })
    return withTimings(await nameHeadings(answer, deps.library), progress)
  } finally {
    progress.flush()
  }
}

function answerInOneWay(task: AnswerTask): Promise<Answer> {
  const { scope, template } = task.request
  if (template != null) return answerByTemplate({ ...task, chosen: template })
  return scope.kind === 'none' ? answerUngrounded(task) : answerGrounded(task)
}

async function answerGrounded(task: AnswerTask): Promise<Answer> {
  const { deps, request, progress, emit } = task
  const { documentOf } = deps.library
  const whole = await fitWholeDocument(task)
  if (whole !== null) return answerFrom(task, whole, emptyAnswer)

  const { passages, searchMs, outcome } = await findPassages(task)
  const found: Answer = {
    ...emptyAnswer,
    sources: toSources(passages, [], documentOf),
    evidence: outcome.decision,
    timings: { ...emptyAnswer.timings, searchMs },
  }
  emit({ type: 'sources', sources: found.sources })
  const tooWeak = outcome.decision.best < outcome.decision.threshold && !request.ignoreThreshold
  if (passages.length === 0 || tooWeak) {
    const { otherLanguage } = outcome.decision
    const text = otherLanguage == null ? refusal : otherLanguageInWords(otherLanguage)
    progress.text(text)
    return { ...found, kind: 'not-found', text }
  }
  const model = await loadModel(task)
  if (model === null) return { ...found, ...passagesAnswer(passages, documentOf, progress) }
  const fitted = await fitPassages(deps.llm, request, model, passages)
  return fitted === null ? quotedByCode(task, passages, found) : answerFrom(task, fitted, found)
}

/** The best sentences, which the model has no room to be offered. */
function quotedByCode(
  { deps, progress }: AnswerTask,
  passages: readonly TitledPassage[],
  base: Answer,
): Answer {
  const quotes = passagesAnswer(passages, deps.library.documentOf, progress)
  return { ...base, ...quotes, needsTooManyTokens: true }
}

/** @param base the answer's fields that are known so far. */
async function answerFrom(task: AnswerTask, fitted: FittedPassages, base: Answer): Promise<Answer> {
  const { passages, prompt, model, mode } = fitted
  const sources = toSources(passages, prompt.sources, task.deps.library.documentOf)
  task.emit({ type: 'sources', sources })
  if (mode === 'quote' && !offersBest(prompt, passages)) {
    return quotedByCode(task, passages, { ...base, sources })
  }
  return {
    ...base,
    sources,
    model: model.info.name,
    budget: prompt.budget,
    prompt: prompt.text,
    promptParts: prompt.parts,
    ...(mode === 'quote' ? await quoted(task, fitted) : await written(task, prompt)),
  }
}

async function quoted(
  task: AnswerTask,
  { prompt, passages, model }: FittedPassages,
): Promise<Partial<Answer>> {
  const evidenceScore = Math.max(...passages.map(({ scores }) => scores.evidence))
  const { refused, stopped, ...result } = await answerByQuoting(
    task,
    prompt,
    evidenceScore,
    model.weights,
  )
  const status = stopped ? 'stopped' : 'complete'
  return { ...result, status, kind: refused ? 'not-found' : 'quoted' }
}

async function written(task: AnswerTask, prompt: FittedQuestion): Promise<Partial<Answer>> {
  const { sampling, seed } = task.request
  const { documentOf } = task.deps.library
  const { stopped, ...result } = await answerByWriting(
    task,
    groundedPrompt(prompt.question, prompt.history),
    samplingOf(sampling, prompt.budget.reserve, seed),
    prompt.sources.flatMap((source) => toCitable(source, documentOf)),
  )
  const status = stopped ? 'stopped' : 'complete'
  return { ...result, status, kind: isRefusal(result.text) ? 'not-found' : 'written' }
}

/**
 * Milliseconds. Shorter generations, such as a quote that appears at once, have no meaningful
 * speed.
 */
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
