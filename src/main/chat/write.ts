import type { AnswerSentence } from '../../shared/domain/conversation.ts'
import type { Llm, Prompt, TokenUse } from '../llm/llm.ts'
import type { AnswerProgress } from './answerProgress.ts'
import { bindCitations, type CitableSource, type TermWeight } from './citations.ts'

export interface Written {
  readonly text: string
  readonly sentences: readonly AnswerSentence[]
  readonly stopped: boolean
  readonly tokens: TokenUse
}

/** Lets the model write, then binds each sentence to the words that support it. */
export async function answerByWriting(
  llm: Llm,
  prompt: Prompt,
  maxTokens: number,
  sources: readonly CitableSource[],
  weight: TermWeight,
  progress: AnswerProgress,
  signal: AbortSignal,
): Promise<Written> {
  let text = ''
  const items = llm.generate(prompt, { maxTokens, temperature: 0 }, signal)
  for await (const item of items) {
    switch (item.type) {
      case 'prefill':
        progress.reading(item.done, item.total, item.reused)
        break
      case 'text':
        text += item.text
        progress.text(item.text)
        break
      case 'done': {
        const bound = bindCitations(text.trim(), sources, weight)
        return { ...bound, stopped: item.stop === 'aborted', tokens: item.tokens }
      }
    }
  }
  throw new Error('The model ended its answer without saying so')
}
