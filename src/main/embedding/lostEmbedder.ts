import type { Embedder } from './embedder.ts'

/**
 * Replaces an embedder whose files are gone: no text has a vector, so that its index can still be
 * searched by full text.
 */
export function createLostEmbedder(id: string, dimensions: number): Embedder {
  return {
    id,
    dimensions,
    embed: (texts) => Promise.resolve(texts.map(() => null)),
    dispose: () => Promise.resolve(),
  }
}
