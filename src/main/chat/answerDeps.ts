import type { AnswerMode, Scope, Turn } from '../../shared/domain/conversation.ts'
import type { TermWeight } from '../../shared/domain/language/terms.ts'
import type { LibraryDocument } from '../../shared/domain/libraryDocument.ts'
import type { Page } from '../../shared/domain/page.ts'
import type { Sampling } from '../../shared/domain/sampling.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { ChoiceWeights } from '../llm/calibration.ts'
import type { Llm, LlmInfo, PromptTurn } from '../llm/llm.ts'
import type { Passage, Retrieval } from '../retrieval/retrieval.ts'
import type { ScoreSentences } from './weighOwnWords.ts'
import type { ChosenTemplate } from '../prompting/chosenTemplate.ts'

/** The part of the library that answering needs. */
export interface AnswerLibrary {
  /** undefined: no restriction. */
  readonly contentsIn: (scope: Scope) => ReadonlySet<string> | undefined
  readonly isLive: (contentId: string) => boolean
  readonly documentOf: (contentId: string) => LibraryDocument | undefined
  /** A stored page; undefined if it is gone. */
  readonly readPage: (contentId: string, page: number) => Promise<Page | undefined>
  /** Number of chunks that can be searched. */
  readonly chunkCount: () => Promise<number>
  /** Every page of a document as a passage if the scope is that one document; else null. */
  readonly wholeDocument: (scope: Scope, question: string) => Promise<readonly Passage[] | null>
}

/** The loaded model with its settings; null: passages only. */
export interface AnswerModel {
  readonly info: LlmInfo
  /** Whether it is the bundled model, which can only quote. */
  readonly demo: boolean
  readonly answering: AnswerMode
  readonly keySentences: boolean
  /** How much its choice counts in Quote beside the order of the search. */
  readonly weights: ChoiceWeights
}

export interface AnswerDeps {
  readonly library: AnswerLibrary
  readonly retrieval: Retrieval
  readonly llm: Llm
  readonly settings: () => Settings
  readonly weight: TermWeight
  readonly scoreSentences: ScoreSentences
  /** Waits until a model is loaded. */
  readonly model: (
    onLoading: (fraction: number | null) => void,
    signal: AbortSignal,
  ) => Promise<AnswerModel | null>
}

export interface AnswerRequest {
  readonly question: string
  /** The query for the search: the question, completed if necessary. */
  readonly query: string
  readonly scope: Scope
  /** null: the model's setting. */
  readonly answering: AnswerMode | null
  readonly history: readonly PromptTurn[]
  /** The template to answer by; it then determines how. */
  readonly template?: ChosenTemplate | null
  /** How the model samples without a template; null: at temperature 0. */
  readonly sampling?: Sampling | null | undefined
  /** Seed for temperatures above 0; null: the template's own, else a new one. */
  readonly seed?: number | null
  /** Earlier turns, oldest first. A template's prompt includes those that followed it. */
  readonly turns?: readonly Turn[]
  readonly ignoreThreshold: boolean
}
