/** Length of a text in the embedder's own tokens. */
export type CountTokens = (text: string) => number

export interface ChunkOptions {
  /** Chunks are filled up to about this many tokens. */
  readonly targetTokens: number
  /** No chunk is longer than this. */
  readonly maxTokens: number
  /** Sentences that a chunk repeats from the one before it, where one passage was cut in two. */
  readonly overlapSentences: number
}

/** Chosen by what the passages retrieve: see `docs/benchmarks.md`. */
export const defaultChunkOptions: ChunkOptions = {
  targetTokens: 250,
  maxTokens: 400,
  overlapSentences: 1,
}
