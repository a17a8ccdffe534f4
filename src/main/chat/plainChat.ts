import type { Answer } from '../../shared/domain/conversation.ts'
import type { PromptTurn } from '../llm/llm.ts'
import { dropOldest, fitPrompt } from '../prompting/fitPrompt.ts'
import { loadModel, type AnswerTask } from './answerTask.ts'
import { questionTooLong, writeReserve } from './fitQuestion.ts'
import { ungroundedSystem } from './prompt.ts'
import { samplingOf } from './sampling.ts'
import { emptyAnswer } from './sources.ts'
import { answerByWriting } from './write.ts'

const needsModel =
  'Plain chat needs a model, and none is loaded. Choose one under Models, or ask your documents.'
const needsLargerModel =
  'The demo model can only quote documents, so it has no answer without them. Choose a larger model under Models, or ask your documents.'

/**
 * Answers with the model alone, without documents. The prompt has as many of the latest turns as
 * fit.
 *
 * @throws AppError `prompt-too-long` if the question alone does not fit.
 */
export async function answerUngrounded(task: AnswerTask): Promise<Answer> {
  const { deps, request } = task
  const model = await loadModel(task)
  if (model === null || model.demo) {
    const text = model === null ? needsModel : needsLargerModel
    task.progress.text(text)
    return { ...emptyAnswer, kind: 'ungrounded', text }
  }
  const { contextSize, name } = model.info
  const reserve = writeReserve(contextSize, request.sampling?.maxTokens)
  const { prompt, text, room } = await fitPrompt({
    llm: deps.llm,
    contextSize,
    reserve,
    sections: request.history,
    dropLast: dropOldest,
    write: (history: readonly PromptTurn[]) => ({
      system: ungroundedSystem,
      history,
      user: request.question,
    }),
  })
  if (room < 0) throw questionTooLong()
  const sampling = samplingOf(request.sampling, reserve, request.seed)
  const { stopped, ...result } = await answerByWriting(task, prompt, sampling, [])
  return {
    ...emptyAnswer,
    ...result,
    // Without sources no sentence needs a citation.
    sentences: [],
    status: stopped ? 'stopped' : 'complete',
    kind: 'ungrounded',
    model: name,
    prompt: text,
  }
}
