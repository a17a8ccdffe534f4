import type { AnswerMode, Scope, Turn } from '../../shared/domain/conversation.ts'
import type { LibraryDocument } from '../../shared/domain/libraryDocument.ts'
import type { Page } from '../../shared/domain/page.ts'
import type { Sampling } from '../../shared/domain/sampling.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Llm, LlmInfo, PromptTurn } from '../llm/llm.ts'
import type { Passage, Retrieval } from '../retrieval/retrieval.ts'
import type { TermWeight } from './citations.ts'
import type { ScoreSentences } from './weighOwnWords.ts'
import type { ChosenTemplate } from '../prompting/chosenTemplate.ts'

/** What answering needs to know of the library. */
export interface AnswerLibrary {
  /** undefined: everything. */
  readonly contentsIn: (scope: Scope) => ReadonlySet<string> | undefined
  readonly isLive: (contentId: string) => boolean
  readonly documentOf: (contentId: string) => LibraryDocument | undefined
  /** A stored page; undefined: it is gone. */
  readonly readPage: (contentId: string, page: number) => Promise<Page | undefined>
  /** Number of chunks that can be searched. */
  readonly chunkCount: () => Promise<number>
  /** Every page of a document as a passage, when the scope is that one document; else null. */
  readonly wholeDocument: (scope: Scope, question: string) => Promise<readonly Passage[] | null>
}

/** The model that is to answer, loaded, with what is set for it; null: passages only. */
export interface AnswerModel {
  readonly info: LlmInfo
  /** Whether it is the bundled model, which can quote and nothing else. */
  readonly demo: boolean
  readonly answering: AnswerMode
  readonly keySentences: boolean
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
  /** What is searched for. */
  readonly query: string
  readonly scope: Scope
  /** null: as is set for the model. */
  readonly answering: AnswerMode | null
  readonly history: readonly PromptTurn[]
  /** The answer follows it; the way of answering is its own then. */
  readonly template?: ChosenTemplate | null
  /** How the model writes where no template says so; null: exactly. */
  readonly sampling?: Sampling | null | undefined
  /** What draws the answer above temperature 0; null: the template's own seed, else a new one. */
  readonly seed?: number | null
  /** Earlier turns, for a template to take up those that followed it. Oldest first. */
  readonly turns?: readonly Turn[]
  readonly ignoreThreshold: boolean
}
