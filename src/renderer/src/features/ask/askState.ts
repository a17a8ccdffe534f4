import { shortened } from '../../../../shared/domain/shortened.ts'
import type {
  AnswerMode,
  Conversation,
  Scope,
  Source,
  Turn,
} from '../../../../shared/domain/conversation.ts'
import type { Sampling } from '../../../../shared/domain/sampling.ts'
import type { WireError } from '../../../../shared/errors.ts'

/** The stages of answering a question, in order. */
export type Stage =
  | { readonly kind: 'starting' }
  | { readonly kind: 'searching'; readonly passages: number }
  | { readonly kind: 'found' }
  | { readonly kind: 'loading-model'; readonly fraction: number | null }
  | {
      readonly kind: 'reading'
      readonly done: number
      readonly total: number
      readonly secondsLeft: number | null
    }
  | { readonly kind: 'writing' }

export interface AskRequest {
  readonly question: string
  /** What to search for instead; null: the core decides. */
  readonly query: string | null
  /** Id of the turn to replace, along with all after it. */
  readonly replaces: string | null
  readonly ignoreThreshold: boolean
  /** For this question only; default: the conversation's. */
  readonly scope?: Scope | undefined
}

/** A question being answered. It continues when another conversation is opened. */
export interface RunningAsk {
  readonly conversation: string | null
  readonly request: AskRequest
  /** null until the core has saved the question. */
  readonly turn: Turn | null
  readonly stage: Stage
  readonly text: string
  readonly sources: readonly Source[]
}

/** A question that failed before it was saved. */
export interface FailedAsk {
  readonly conversation: string | null
  readonly request: AskRequest
  readonly error: WireError
}

export interface OpenConversation {
  /** null: a new one without questions. */
  readonly id: string | null
  readonly title: string
  readonly scope: Scope
  readonly answering: AnswerMode | null
  /** Id of the template for answers. */
  readonly template: string | null
  /** null: temperature 0 and the default length. */
  readonly sampling: Sampling | null
  readonly turns: readonly Turn[]
}

export interface AskState {
  /** Increases when another conversation is opened, but not when a new one gets its id. */
  readonly session: number
  readonly open: OpenConversation
  readonly loading: boolean
  readonly loadError: WireError | null
  readonly running: RunningAsk | null
  readonly failed: FailedAsk | null
}

const newConversationTitle = 'New conversation'

/** A new conversation. */
export const blank: OpenConversation = {
  id: null,
  title: newConversationTitle,
  scope: { kind: 'all' },
  answering: null,
  template: null,
  sampling: null,
  turns: [],
}

/** The turns that remain when this request replaces some. */
export function turnsBefore(
  open: OpenConversation,
  { replaces }: Pick<AskRequest, 'replaces'>,
): readonly Turn[] {
  const at = open.turns.findIndex((turn) => turn.id === replaces)
  return at < 0 ? open.turns : open.turns.slice(0, at)
}

export function toOpen(found: Conversation): OpenConversation {
  const { id, title, scope, answering, template, sampling, turns } = found
  return { id, title, scope, answering, template, sampling, turns }
}

/** The title until the core has named the conversation. */
export function titleFrom(question: string): string {
  return shortened(question)
}
