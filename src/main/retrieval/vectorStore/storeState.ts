import type { Mutex } from '../../flow/mutex.ts'
import type { ChunkTable } from './openTable.ts'
import type { LanguageCounts } from './languageCounts.ts'
import type { Ordinals } from './ordinals.ts'

/** An open table of chunks, and what is known of it. */
export interface StoreState extends ChunkTable {
  /** Values in a vector. */
  readonly dimensions: number
  readonly ordinals: Ordinals
  readonly languages: LanguageCounts
  /** Writes take turns. */
  readonly exclusive: Mutex
  /** Set once the indexes were made again, or are being so, because a search failed. */
  remaking: Promise<void> | undefined
  /** Whether something was written since the table was optimised. */
  unoptimized: boolean
  /** Rows added since then. */
  unindexed: number
}
