import { z } from 'zod'

/** Length of a text in the embedder's own tokens. */
export type CountTokens = (text: string) => number

export const chunkOptions = z
  .object({
    /** Chunks are filled up to about this many tokens. */
    targetTokens: z.number().int().positive(),
    /** No chunk is longer than this. */
    maxTokens: z.number().int().positive(),
    /** Sentences that a chunk repeats from the one before it, where one passage was cut in two. */
    overlapSentences: z.number().int().nonnegative(),
  })
  .readonly()
export type ChunkOptions = z.infer<typeof chunkOptions>

/** Chosen by what the passages retrieve: see `docs/benchmarks.md`. */
export const defaultChunkOptions: ChunkOptions = {
  targetTokens: 250,
  maxTokens: 400,
  overlapSentences: 1,
}

/** How much of what an embedder takes at most is filled up, where that is little. */
const filled = 0.8

/** The usual passages, or shorter ones where an embedder does not read as much at once. */
export function chunkOptionsFor(
  mostTokens: number,
  usual: ChunkOptions = defaultChunkOptions,
): ChunkOptions {
  if (mostTokens >= usual.maxTokens) return usual
  const targetTokens = Math.max(1, Math.min(usual.targetTokens, Math.floor(mostTokens * filled)))
  return { ...usual, targetTokens, maxTokens: mostTokens }
}
