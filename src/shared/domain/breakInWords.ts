import type { Answer } from './conversation.ts'

/** Where and why an answer breaks off; null: it does not, or its error says so. */
export function breakInWords({
  status,
  cutOff,
  tokens,
}: Pick<Answer, 'status' | 'cutOff' | 'tokens'>): string | null {
  if (status === 'stopped') return 'Stopped here.'
  if (!cutOff) return null
  return `Cut off here: the answer reached its limit of ${String(tokens.generated)} tokens.`
}
