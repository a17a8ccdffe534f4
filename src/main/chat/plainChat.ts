import type { AskItem } from '../../shared/contract/chat.ts'
import type { Answer } from '../../shared/domain/conversation.ts'
import type { Llm, Prompt, PromptTurn } from '../llm/llm.ts'
import type { AnswerProgress } from './answerProgress.ts'
import type { AnswerDeps, AnswerRequest } from './answerDeps.ts'
import { questionTooLong, writeReserve } from './contextBudget.ts'
import { ungroundedSystem } from './prompt.ts'
import { samplingOf } from './sampling.ts'
import { emptyAnswer } from './sources.ts'
import { answerByWriting } from './write.ts'

const needsModel =
  'Plain chat needs a model, and none is loaded. Choose one under Models, or ask your documents.'
const needsLargerModel =
  'The demo model can only quote documents, so it has no answer without them. Choose a larger model under Models, or ask your documents.'

/** Answers from the model alone, without documents. */
export async function answerUngrounded(
  deps: AnswerDeps,
  request: AnswerRequest,
  progress: AnswerProgress,
  emit: (item: AskItem) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const model = await deps.model((fraction) => emit({ type: 'loading-model', fraction }), signal)
  if (model === null || model.demo) {
    const text = model === null ? needsModel : needsLargerModel
    progress.text(text)
    return { ...emptyAnswer, kind: 'ungrounded', text }
  }
  const { contextSize } = model.info
  const reserve = writeReserve(contextSize, request.sampling?.maxTokens)
  const { prompt, text } = await fitChat(deps.llm, request, contextSize - reserve)
  const { stopped, ...result } = await answerByWriting(
    deps.llm,
    prompt,
    samplingOf(request.sampling, reserve, request.seed),
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

/**
 * The prompt of a plain chat: as many of the latest turns as fit.
 *
 * @param room tokens
 * @throws AppError `prompt-too-long` if the question alone does not fit.
 */
async function fitChat(
  llm: Pick<Llm, 'render'>,
  { question, history }: { readonly question: string; readonly history: readonly PromptTurn[] },
  room: number,
): Promise<{ prompt: Prompt; text: string }> {
  for (let first = 0; first <= history.length; first += 1) {
    const kept = history.slice(first)
    const prompt = { system: ungroundedSystem, history: kept, user: question }
    const { text, tokens } = await llm.render(prompt)
    if (tokens <= room) return { prompt, text }
  }
  throw questionTooLong()
}
