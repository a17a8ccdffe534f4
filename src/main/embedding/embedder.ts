export type EmbeddingPurpose = 'query' | 'passage'

/** Turns texts into embeddings. Each id has its own index. */
export interface Embedder {
  /** Model and version; part of the index's path. */
  readonly id: string
  readonly dimensions: number
  /**
   * @returns one unit vector of `dimensions` values per text, in order; null for a text without one
   * (none of its tokens is in the vocabulary).
   * @throws AppError `host-crashed` if the process keeps crashing, `cancelled`.
   */
  embed(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal?: AbortSignal,
  ): Promise<readonly (Float32Array | null)[]>
  dispose(): Promise<void>
}
