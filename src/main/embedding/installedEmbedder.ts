import type { EmbedderProfile } from './host/embedderContract.ts'

/** An embedder that can be used: what a person calls it, and how it is run. */
export interface InstalledEmbedder {
  readonly model: { readonly id: string; readonly name: string }
  /** Its id names the version too: other files under the same name are another embedder. */
  readonly profile: EmbedderProfile
}
