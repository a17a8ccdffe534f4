import type { EmbedderProfile } from './host/embedderContract.ts'

/** How long passages may be for an embedder. */
export interface PassageSize {
  /** Folder of its tokenizer. */
  readonly tokenizerDir: string
  /**
   * Tokens that a passage's text may have so that it fits the model together with its prefix and
   * headings.
   */
  readonly maxTokens: number
}

/** Special tokens at the beginning and end ([CLS] and [SEP] of BERT). */
const marks = 2
/** Tokens reserved for the headings, with which a passage is embedded. */
const mostForHeadings = 64
const shareForHeadings = 1 / 4

export function passageSizeOf(
  profile: Pick<EmbedderProfile, 'dir' | 'maxTokens' | 'passagePrefix'>,
): PassageSize {
  // A token has at least one character, so a prefix has at most as many tokens as characters.
  const room = profile.maxTokens - marks - profile.passagePrefix.length
  const headings = Math.min(mostForHeadings, Math.floor(room * shareForHeadings))
  return { tokenizerDir: profile.dir, maxTokens: Math.max(1, room - headings) }
}
