import type { GenerateItem, GenerateOptions, Llm, Prompt, TokenUse } from '../llm/llm.ts'

/** How far a model has come with an answer. */
export type ReplyStep = Extract<GenerateItem, { type: 'prefill' | 'text' }>

/** What a model wrote, word for word. */
export interface Reply {
  readonly reply: string
  readonly stop: 'end' | 'length' | 'aborted'
  readonly tokens: TokenUse
}

/** Lets the model write. Aborting keeps what it has written. */
export async function writeReply(
  llm: Pick<Llm, 'generate'>,
  prompt: Prompt,
  options: GenerateOptions,
  onStep: (step: ReplyStep) => void,
  signal: AbortSignal,
): Promise<Reply> {
  let reply = ''
  for await (const item of llm.generate(prompt, options, signal)) {
    switch (item.type) {
      case 'prefill':
        onStep(item)
        break
      case 'text':
        reply += item.text
        onStep(item)
        break
      case 'done':
        return { reply, stop: item.stop, tokens: item.tokens }
    }
  }
  throw new Error('The model ended its answer without saying so')
}
