import type { Template } from './template.ts'

/** In the text layout models tend to continue with another example, which ends the answer. */
const nextExample = '\nInput:'

/** The texts at which an answer ends. */
export function answerEnds({
  layout,
  decoding,
}: Partial<Pick<Template, 'layout' | 'decoding'>>): readonly string[] {
  return [...(layout === 'text' ? [nextExample] : []), ...(decoding?.stopTexts ?? [])]
}
