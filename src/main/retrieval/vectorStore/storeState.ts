import type { ChunkTable } from './openTable.ts'
import type { LanguageCounts } from './languageCounts.ts'
import type { Ordinals } from './ordinals.ts'

/** An open table of chunks, and what is known of it. */
export interface StoreState extends ChunkTable {
  /** Values in a vector. */
  readonly dimensions: number
  readonly ordinals: Ordinals
  readonly languages: LanguageCounts
  /** Whether something was written since the table was optimised. */
  unoptimized: boolean
  /** Rows added since then. */
  unindexed: number
}
