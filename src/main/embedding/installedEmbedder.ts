import type { EmbedderProfile } from './host/embedderContract.ts'

/** An embedder that can be used: its name and how to run it. */
export interface InstalledEmbedder {
  readonly model: { readonly id: string; readonly name: string }
  /** Its id includes a version, so that other files under the same name are another embedder. */
  readonly profile: EmbedderProfile
  /** That it was trained for (ISO 639-1); null: many. */
  readonly languages: readonly string[] | null
}
