import { withoutInvisible } from '../invisibleSigns.ts'

/** Longer replies explain; what they name in passing is no answer. */
export const longestAround = 2_000
const outer = /[\s"'“”‘’`*_.!,:;()[\]]/u

/**
 * The label that a text spells: in other letters, with other white space, in quotation marks, with
 * a full stop. null where it is none, or where two labels differ in nothing else.
 */
export function spelledLabel(labels: readonly string[], text: string): string | null {
  const wanted = plainSpelling(text)
  if (wanted === '') return null
  const found = [...new Set(labels)].filter((label) => plainSpelling(label) === wanted)
  return found.length === 1 ? (found[0] ?? null) : null
}

/** A label without what is forgiven in a reply: capitals, quotation marks, underscores, a full stop. */
export function plainSpelling(text: string): string {
  if (text.length > longestAround) return ''
  let start = 0
  let end = text.length
  // By hand: a pattern for the end of a string takes time by the square of its length.
  while (start < end && outer.test(text.charAt(start))) start += 1
  while (end > start && outer.test(text.charAt(end - 1))) end -= 1
  return withoutInvisible(text.slice(start, end))
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/gu, ' ')
}

/** The labels as written in a sentence; of many only the first. */
export function labelWords(labels: readonly string[], most = 8): string {
  const more = labels.length - most
  return more > 0
    ? `${labels.slice(0, most).join(', ')} and ${String(more)} more`
    : labels.join(', ')
}
