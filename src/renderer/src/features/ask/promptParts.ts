import type { PromptPart, TokenBudget } from '../../../../shared/domain/conversation.ts'

/** A part of the token budget. */
export type BudgetPart = keyof Omit<TokenBudget, 'context'>

/** In the order of the bar; the number is that of its colour. */
export const budgetParts = [
  { key: 'system', name: 'instruction', colour: 1 },
  { key: 'examples', name: 'examples', colour: 7 },
  { key: 'history', name: 'conversation', colour: 2 },
  { key: 'sources', name: 'sources', colour: 3 },
  { key: 'keySentences', name: 'key sentences', colour: 4 },
  { key: 'question', name: 'question', colour: 5 },
  { key: 'reserve', name: 'kept for the answer', colour: 6 },
] as const satisfies readonly { key: BudgetPart; name: string; colour: number }[]

export function colourOf(part: BudgetPart): number {
  return budgetParts.find(({ key }) => key === part)?.colour ?? 0
}

export interface PromptPiece {
  readonly text: string
  /** null: the marks of the chat format and the labels between the parts. */
  readonly part: PromptPart['part'] | null
  readonly start: number
}

/** The whole prompt, split at the boundaries of its parts. */
export function cutPrompt(prompt: string, parts: readonly PromptPart[]): readonly PromptPiece[] {
  const pieces: PromptPiece[] = []
  let at = 0
  const add = (end: number, part: PromptPiece['part']): void => {
    if (end > at) pieces.push({ text: prompt.slice(at, end), part, start: at })
    at = Math.max(at, end)
  }
  for (const { part, start, end } of parts) {
    add(start, null)
    add(end, part)
  }
  add(prompt.length, null)
  return pieces
}
