import { LlamaText, type ChatHistoryItem, type Token } from 'node-llama-cpp'
import type { Engine } from './engine.ts'
import type { Prompt, PromptPrefix } from './llmContract.ts'

/** What rendering needs of an engine. */
export type Renderer = Pick<Engine, 'model' | 'chatFormat' | 'breakMarks'>

/**
 * The prompt in the model's own chat format, as tokens. Only the format's own marks become special
 * tokens or marks: neither `</s>` nor `[/INST]` in a document can end a turn.
 */
export function tokenizePrompt(
  { model, chatFormat, breakMarks }: Renderer,
  prompt: Prompt,
): Token[] {
  const chatHistory: ChatHistoryItem[] = []
  if (prompt.system !== '') chatHistory.push({ type: 'system', text: breakMarks(prompt.system) })
  for (const turn of prompt.history) {
    chatHistory.push({ type: 'user', text: breakMarks(turn.user) })
    chatHistory.push({ type: 'model', response: [breakMarks(turn.assistant)] })
  }
  const user = breakMarks(prompt.user)
  chatHistory.push({ type: 'user', text: user }, { type: 'model', response: [] })
  return chatFormat.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer)
}

/** The prompt as the model reads it, with special tokens as text. */
export function rendered(engine: Engine, prompt: Prompt): { text: string; tokens: number } {
  const tokens = tokenizePrompt(engine, prompt)
  return { text: engine.model.detokenize(tokens, true), tokens: tokens.length }
}

/** The common prefix of all prompts with this system text and history, in tokens. */
export function tokenizePrefix(engine: Engine, prefix: PromptPrefix): Token[] {
  // Two questions that begin differently have only the prefix in common.
  const one = tokenizePrompt(engine, { ...prefix, user: 'How' })
  const other = tokenizePrompt(engine, { ...prefix, user: '1' })
  return one.slice(0, commonLength(one, other))
}

/** An answer's tokens as they follow a prompt, and as they are in the history of later prompts. */
export function tokenizeAnswer(
  { model, breakMarks }: Pick<Engine, 'model' | 'breakMarks'>,
  answer: string,
): Token[] {
  return LlamaText([breakMarks(answer)]).tokenize(model.tokenizer, 'trimLeadingSpace')
}

export function commonLength(a: readonly Token[], b: readonly Token[]): number {
  const most = Math.min(a.length, b.length)
  let length = 0
  while (length < most && a[length] === b[length]) length += 1
  return length
}
