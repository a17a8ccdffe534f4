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

export const defaultChunkOptions: ChunkOptions = {
  targetTokens: 200,
  maxTokens: 320,
  overlapSentences: 0,
}
