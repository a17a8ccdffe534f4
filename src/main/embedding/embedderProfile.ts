import type { EmbedderProfile } from './host/embedderContract.ts'

export const bundledEmbedderId = 'penknife-embed'
export const bundledLanguages: readonly string[] = ['en']

/** The embedder that ships with the app, in `dir`. Its quality is documented in its model card. */
export function bundledEmbedder(dir: string): EmbedderProfile {
  return {
    id: bundledEmbedderId,
    dir,
    weights: 'model',
    dimensions: 256,
    pooling: 'mean',
    normalize: true,
    queryPrefix: '',
    passagePrefix: '',
    maxTokens: 1_000_000,
  }
}
