import { usualLanguage } from '../../../shared/domain/language/terms.ts'
import { toArrow } from '../chunkRows.ts'
import type { EmbeddedChunk } from '../chunkStore.ts'
import { countRows, note } from './ordinals.ts'
import { among } from './among.ts'
import type { StoreState } from './storeState.ts'

/** `add` of 20,000 rows at once stopped the event loop for 267 ms. */
const rowsPerWrite = 1_000

/**
 * Rows that are not in the full text index are searched one by one: 20,000 of them took seconds. So
 * they are added as they arrive, in steps that grow with the index, because adding rewrites it.
 */
const fewestToFold = 2_000
const shareToFold = 0.05

/** Adds chunks, in place of those with the same ids. */
export async function addChunks(
  state: StoreState,
  chunks: readonly EmbeddedChunk[],
): Promise<void> {
  // LanceDB would insert both of two new rows with one id.
  const rows = [...new Map(chunks.map((chunk) => [chunk.id, chunk])).values()]
  state.unoptimized = rows.length > 0 || state.unoptimized
  for (let from = 0; from < rows.length; from += rowsPerWrite) {
    await write(state, rows.slice(from, from + rowsPerWrite))
  }
}

export async function removeContents(
  state: StoreState,
  contents: readonly string[],
): Promise<void> {
  const { table, ordinals } = state
  const known = new Set(contents.filter((contentId) => ordinals.has(contentId)))
  if (known.size === 0) return
  state.unoptimized = true
  await table.delete(among(known))
  for (const contentId of known) {
    ordinals.delete(contentId)
    state.languages.forget(contentId)
  }
}

export async function optimize(state: StoreState): Promise<void> {
  const { table, indexes, ordinals } = state
  const optimizing = (): Promise<unknown> => table.optimize({ cleanupOlderThan: new Date() })
  // It reads the indexes, whose files may be damaged.
  await optimizing().catch(() => indexes.remake().then(optimizing))
  await indexes.refresh(countRows(ordinals))
  state.unoptimized = false
  state.unindexed = 0
}

async function write(state: StoreState, rows: readonly EmbeddedChunk[]): Promise<void> {
  const { table, dimensions, ordinals, languages } = state
  const data = toArrow(rows, dimensions)
  const replaces = rows.some((row) => ordinals.get(row.contentId)?.has(row.ordinal) === true)
  if (replaces) {
    await table.mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(data)
  } else {
    await table.add(data)
  }
  // Scores of rows that are not in the full text index yet are weighted by those that are; over
  // an empty index they are noise (nDCG@10 0.007 instead of 0.542 on Cranfield).
  state.unindexed += rows.length
  const isFirst = ordinals.size === 0
  for (const row of rows) {
    const { contentId, ordinal, language = usualLanguage } = row
    const isNew = ordinals.get(contentId)?.has(ordinal) !== true
    // One in the place of another may be in another language, in which questions are then read, too.
    const isOther = !isNew && !languages.among(new Set([contentId])).includes(language)
    if (isNew || isOther) languages.add(contentId, language)
    note(ordinals, contentId, ordinal)
  }
  if (isFirst || state.unindexed > Math.max(fewestToFold, countRows(ordinals) * shareToFold)) {
    await optimize(state)
  }
}
