export type EmbeddingPurpose = 'query' | 'passage'

/** Turns texts into vectors. Another model has another id, and so an index of its own. */
export interface Embedder {
  /** Names the model and version; part of the index's path. */
  readonly id: string
  readonly dimensions: number
  /**
   * @returns one unit vector of `dimensions` values a text, in order; null for a text that has
   * none (no token of it is known).
   * @throws AppError `host-crashed` if the process died twice over the same texts, `cancelled`.
   */
  embed(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal?: AbortSignal,
  ): Promise<readonly (Float32Array | null)[]>
  dispose(): Promise<void>
}
