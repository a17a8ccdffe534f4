import type { MissingContent } from '../retrieval/indexBuilder.ts'

/**
 * Passages and contents per group: a few large writes to an index are faster than many small ones.
 */
const groupPassages = 256
const groupContents = 64

/** Splits the missing contents into groups; a large content is its own group. */
export function* groupMissing(missing: readonly MissingContent[]): Generator<MissingContent[]> {
  let group: MissingContent[] = []
  let passages = 0
  for (const one of missing) {
    const full = passages + one.chunks > groupPassages || group.length === groupContents
    if (group.length > 0 && full) {
      yield group
      group = []
      passages = 0
    }
    group.push(one)
    passages += one.chunks
  }
  if (group.length > 0) yield group
}
