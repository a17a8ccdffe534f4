import type { AnswerSentence } from '../../shared/domain/conversation.ts'
import type { UsedSampling } from '../../shared/domain/sampling.ts'
import type { GenerateOptions, Llm, Prompt, TokenUse } from '../llm/llm.ts'
import type { AnswerProgress } from './answerProgress.ts'
import { bindCitations, type CitableSource, type TermWeight } from './citations.ts'
import { toGenerateOptions } from './sampling.ts'

export interface Written {
  readonly text: string
  readonly sentences: readonly AnswerSentence[]
  readonly stopped: boolean
  readonly cutOff: boolean
  readonly sampling: UsedSampling
  readonly tokens: TokenUse
}

/** What a model wrote, word for word. */
export interface Reply {
  readonly reply: string
  readonly stop: 'end' | 'length' | 'aborted'
  readonly tokens: TokenUse
}

/** Lets the model write, then binds each sentence to the words that support it. */
export async function answerByWriting(
  llm: Llm,
  prompt: Prompt,
  sampling: UsedSampling,
  sources: readonly CitableSource[],
  weight: TermWeight,
  progress: AnswerProgress,
  signal: AbortSignal,
): Promise<Written> {
  const options = toGenerateOptions(sampling)
  const { reply, stop, tokens } = await writeReply(llm, prompt, options, progress, signal)
  const bound = bindCitations(reply.trim(), sources, weight)
  return { ...bound, stopped: stop === 'aborted', cutOff: stop === 'length', sampling, tokens }
}

/** Lets the model write. */
export async function writeReply(
  llm: Pick<Llm, 'generate'>,
  prompt: Prompt,
  options: GenerateOptions,
  progress: AnswerProgress,
  signal: AbortSignal,
): Promise<Reply> {
  let reply = ''
  for await (const item of llm.generate(prompt, options, signal)) {
    switch (item.type) {
      case 'prefill':
        progress.reading(item.done, item.total, item.reused)
        break
      case 'text':
        reply += item.text
        progress.text(item.text)
        break
      case 'done':
        return { reply, stop: item.stop, tokens: item.tokens }
    }
  }
  throw new Error('The model ended its answer without saying so')
}
