import type { StoredChunk } from '../../shared/domain/chunk.ts'
import { terms } from '../../shared/domain/language/terms.ts'

/** Kept as long as the passage itself is. */
const known = new WeakMap<StoredChunk, readonly string[]>()

/** The terms of a passage's text. They are indexed and counted, but found only once. */
export function passageTerms(chunk: StoredChunk): readonly string[] {
  const found = known.get(chunk) ?? terms(chunk.text, chunk.language)
  known.set(chunk, found)
  return found
}
