import type { ChunkTable } from './openTable.ts'
import type { Ordinals } from './ordinals.ts'

/** An open table of chunks, and what is known of it. */
export interface StoreState extends ChunkTable {
  /** Values in a vector. */
  readonly dimensions: number
  readonly ordinals: Ordinals
  /** Whether something was written since the table was optimised. */
  unoptimized: boolean
  /** Rows added since then. */
  unindexed: number
}

/** The part of SQL that limits a query to contents; their names were checked or came from rows. */
export function among(contents: ReadonlySet<string>): string {
  return `content IN (${[...contents].map((contentId) => `'${contentId}'`).join(',')})`
}
