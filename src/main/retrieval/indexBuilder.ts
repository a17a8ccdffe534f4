import type { SearchIndex } from './searchIndex.ts'

/** A content that an index lacks. */
export interface MissingContent {
  readonly contentId: string
  /** Nearly as many as it is going to have. */
  readonly chunks: number
}

/** Fills an index that is not in use yet from the stored texts. */
export interface IndexBuilder {
  /** Number of contents that can be found. */
  total(): number
  /** What the index lacks of what can be found now, and the number of all contents. */
  missing(
    target: SearchIndex,
  ): Promise<{ readonly missing: readonly MissingContent[]; readonly total: number }>
  /** Indexes contents; those that are removed meanwhile are passed over. */
  build(
    contents: readonly string[],
    target: SearchIndex,
    control: {
      readonly signal: AbortSignal
      /** Resolves when it may continue. */
      readonly unpaused: () => Promise<void>
      readonly onFraction: (done: number) => void
    },
  ): Promise<void>
  /**
   * Runs `exchange` if the index lacks nothing, while no document is written or removed.
   *
   * @returns whether it did.
   */
  exchangeWhenWhole(target: SearchIndex, exchange: () => Promise<void>): Promise<boolean>
  /** Removes the passages that belong to other indexes than these. */
  removeOtherChunks(indexes: readonly string[], signal: AbortSignal): Promise<void>
}
