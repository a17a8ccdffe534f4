import type { Answer, Support } from './conversation.ts'

const words = {
  part: 'Partly supported by the sources',
  none: 'Not supported by the sources',
} as const satisfies Record<Exclude<Support, 'whole'>, string>

/** A line for each sentence of an answer that its sources do not support as a whole. */
export function supportInWords({ kind, sentences }: Pick<Answer, 'kind' | 'sentences'>): string[] {
  if (kind === 'not-found' || kind === 'ungrounded') return []
  return sentences.flatMap(({ support, text }) =>
    support === 'whole' ? [] : [`${words[support]}: “${text.replace(/\s+/gu, ' ').trim()}”`],
  )
}
