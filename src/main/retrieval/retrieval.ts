import type { EvidenceDecision } from '../../shared/domain/conversation.ts'
import type { TextRange } from '../../shared/domain/page.ts'

/** A sentence of a passage with its score against the question; comparable across passages. */
export interface ScoredSentence extends TextRange {
  readonly text: string
  readonly score: number
}

/** One chunk, or several neighbouring ones merged. Ranges are of the page's text. */
export interface Passage extends TextRange {
  /** Id of the best chunk in it. */
  readonly chunk: string
  readonly contentId: string
  /** First and last ordinal of the chunks in it. */
  readonly ordinals: { readonly from: number; readonly to: number }
  readonly page: number
  readonly heading: string
  readonly text: string
  readonly scores: {
    readonly fused: number
    readonly fullText: number | null
    readonly cosine: number | null
    /** Absolute, 0 to 1. Means the same from question to question. */
    readonly evidence: number
  }
  /** All its sentences in reading order. */
  readonly sentences: readonly ScoredSentence[]
}

export interface SearchOptions {
  /** Number of passages wanted. */
  readonly limit: number
  /** Search only in these contents; undefined: in all. */
  readonly contents?: ReadonlySet<string> | undefined
  /** Contents that exist for the user; hits in others (being replaced or removed) are dropped. */
  readonly isLive?: (contentId: string) => boolean
  readonly signal?: AbortSignal
}

export interface SearchOutcome {
  /** Best first, near-duplicates dropped, neighbours merged. */
  readonly passages: readonly Passage[]
  readonly decision: EvidenceDecision
}

export interface Retrieval {
  search(query: string, options: SearchOptions): Promise<SearchOutcome>
}
