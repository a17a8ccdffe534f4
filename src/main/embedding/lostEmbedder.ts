import type { Embedder } from './embedder.ts'

/**
 * Stands for an embedder whose files are gone: no text has a vector, so that its index is still
 * searched by words.
 */
export function createLostEmbedder(id: string, dimensions: number): Embedder {
  return {
    id,
    dimensions,
    embed: (texts) => Promise.resolve(texts.map(() => null)),
    dispose: () => Promise.resolve(),
  }
}
