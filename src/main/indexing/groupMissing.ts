import type { MissingContent } from '../retrieval/indexBuilder.ts'

/** Passages and contents that are indexed in one go: an index likes few large writes. */
const groupPassages = 256
const groupContents = 64

/** Parts what is missing into groups; a large content is one by itself. */
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
