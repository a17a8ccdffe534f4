import type { Embedder } from '../embedding/embedder.ts'
import type { IndexInUse } from './searchIndex.ts'

/** The embedder of the index in use, for callers that compare texts without searching. */
export function embedderInUse(
  index: Pick<IndexInUse, 'current' | 'use'>,
): Pick<Embedder, 'id' | 'embed'> {
  return {
    get id() {
      return index.current().embedder.id
    },
    embed: (texts, purpose, signal) =>
      index.use(({ embedder }) => embedder.embed(texts, purpose, signal)),
  }
}
