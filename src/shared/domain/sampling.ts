import { z } from 'zod'
import { bounds, wholeWithin, within } from './limits.ts'
import { seed } from './seed.ts'

/**
 * The longest answer that fits a model: half of its context, since the other half is for the text
 * that it answers from.
 *
 * @param contextSize in tokens
 */
export function longestAnswer(contextSize: number): number {
  return Math.min(bounds.answerTokens.max, Math.floor(contextSize / 2))
}

/** How a model writes the answers of a conversation. */
export const sampling = z
  .object({
    /** 0: the likeliest token each time, so that the same prompt gets the same answer. */
    temperature: within(bounds.temperature).default(0),
    /** Tokens of an answer, at most; null: as many as are usual for the context. */
    maxTokens: wholeWithin(bounds.answerTokens).nullable().default(null),
  })
  .readonly()
export type Sampling = z.infer<typeof sampling>

/** How an answer was written: with the same prompt and model, enough to write it again. */
export const usedSampling = z
  .object({
    temperature: z.number(),
    /** null at temperature 0, where nothing is drawn. */
    seed: seed.nullable(),
    maxTokens: z.number().int(),
  })
  .readonly()
export type UsedSampling = z.infer<typeof usedSampling>
