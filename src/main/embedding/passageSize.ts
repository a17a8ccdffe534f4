import type { EmbedderProfile } from './host/embedderContract.ts'

/** How passages are measured for an embedder. */
export interface PassageSize {
  /** Folder of its tokenizer. */
  readonly tokenizerDir: string
  /** Tokens that the text of a passage may have, so that all of it is read with what is put before it. */
  readonly maxTokens: number
}

/** The marks at the beginning and the end that BERT and its kin expect. */
const marks = 2
/** A passage is embedded with the headings above it. */
const mostForHeadings = 64
const shareForHeadings = 1 / 4

export function passageSizeOf(
  profile: Pick<EmbedderProfile, 'dir' | 'maxTokens' | 'passagePrefix'>,
): PassageSize {
  // A token is a character at least.
  const room = profile.maxTokens - marks - profile.passagePrefix.length
  const headings = Math.min(mostForHeadings, Math.floor(room * shareForHeadings))
  return { tokenizerDir: profile.dir, maxTokens: Math.max(1, room - headings) }
}
