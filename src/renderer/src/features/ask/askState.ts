import type {
  AnswerMode,
  Conversation,
  Scope,
  Source,
  Turn,
} from '../../../../shared/domain/conversation.ts'
import type { Sampling } from '../../../../shared/domain/sampling.ts'
import type { WireError } from '../../../../shared/errors.ts'

/** What is being done for a question, in the order in which it is done. */
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
  /** What to search for instead; null leaves it to the core. */
  readonly query: string | null
  /** Id of the turn that gives way, with all after it. */
  readonly replaces: string | null
  readonly ignoreThreshold: boolean
  /** For this question only; else the conversation's. */
  readonly scope?: Scope | undefined
}

/** A question under way. It goes on when another conversation is opened. */
export interface RunningAsk {
  readonly conversation: string | null
  readonly request: AskRequest
  /** Null until the core has taken the question in. */
  readonly turn: Turn | null
  readonly stage: Stage
  readonly text: string
  readonly sources: readonly Source[]
}

/** A question that could not even be asked. */
export interface FailedAsk {
  readonly conversation: string | null
  readonly request: AskRequest
  readonly error: WireError
}

export interface OpenConversation {
  /** Null: a new one that nothing has been asked in. */
  readonly id: string | null
  readonly title: string
  readonly scope: Scope
  readonly answering: AnswerMode | null
  /** Id of the template that answers follow. */
  readonly template: string | null
  /** Null: exactly, at the usual length. */
  readonly sampling: Sampling | null
  readonly turns: readonly Turn[]
}

export interface AskState {
  /** Grows whenever another conversation is opened; not when a new one gets its id. */
  readonly session: number
  readonly open: OpenConversation
  readonly loading: boolean
  readonly loadError: WireError | null
  readonly running: RunningAsk | null
  readonly failed: FailedAsk | null
}

const newConversationTitle = 'New conversation'

/** A conversation that has not begun. */
export const blank: OpenConversation = {
  id: null,
  title: newConversationTitle,
  scope: { kind: 'all' },
  answering: null,
  template: null,
  sampling: null,
  turns: [],
}

/** The turns that stay when a question with this request is asked. */
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

/** What stands in the header until the core has named the conversation. */
export function titleFrom(question: string): string {
  return question.length <= 60 ? question : `${question.slice(0, 59).trimEnd()}…`
}
