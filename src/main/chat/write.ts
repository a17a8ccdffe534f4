import type { AnswerSentence } from '../../shared/domain/conversation.ts'
import type { UsedSampling } from '../../shared/domain/sampling.ts'
import type { Prompt, TokenUse } from '../llm/llm.ts'
import { writeReply } from '../prompting/writeReply.ts'
import { showStep } from './answerProgress.ts'
import type { AnswerTask } from './answerTask.ts'
import { bindCitations, type CitableSource } from './citations.ts'
import { toGenerateOptions } from './sampling.ts'

export interface Written {
  readonly text: string
  readonly sentences: readonly AnswerSentence[]
  readonly stopped: boolean
  readonly cutOff: boolean
  readonly sampling: UsedSampling
  readonly tokens: TokenUse
}

/** Generates the answer, then binds each sentence to the words of the sources that support it. */
export async function answerByWriting(
  { deps, progress, signal }: AnswerTask,
  prompt: Prompt,
  sampling: UsedSampling,
  sources: readonly CitableSource[],
): Promise<Written> {
  const options = toGenerateOptions(sampling)
  const { reply, stop, tokens } = await writeReply(
    deps.llm,
    prompt,
    options,
    showStep(progress),
    signal,
  )
  const bound = bindCitations(reply.trim(), sources, deps.weight)
  return { ...bound, stopped: stop === 'aborted', cutOff: stop === 'length', sampling, tokens }
}
