import type { Citation, Scope, Turn } from '../../../../shared/domain/conversation.ts'
import { bounds } from '../../../../shared/domain/limits.ts'
import type { AskRequest } from './askState.ts'
import type { AskStore } from './askStore.ts'
import type { Inspector } from './inspector.ts'

/** The actions on a turn. */
export interface TurnActions {
  readonly openCitation: (turn: Turn, citations: readonly Citation[], index: number) => void
  readonly showSources: (turn: Turn) => void
  readonly showPrompt: (turn: Turn) => void
  readonly regenerate: (turn: Turn) => void
  /** Answers again with the largest possible length, and keeps that for the following answers. */
  readonly answerLonger: (turn: Turn) => void
  readonly edit: (turn: Turn) => void
  readonly search: (turn: Turn, query: string) => void
  readonly searchAll: (turn: Turn) => void
  readonly answerAnyway: (turn: Turn) => void
  readonly answerWithout: (turn: Turn) => void
  /** Asks for a template, and adds question and answer to its examples. */
  readonly addExample: (turn: Turn) => void
  readonly openTemplate: (id: string) => void
}

export interface TurnActionsDeps {
  readonly ask: AskStore
  readonly inspector: Inspector
  readonly onEdit: (turn: Turn) => void
  readonly onAddExample: (turn: Turn) => void
  readonly onOpenTemplate: (id: string) => void
}

export function createTurnActions(deps: TurnActionsDeps): TurnActions {
  const { ask, inspector, onEdit, onAddExample, onOpenTemplate } = deps
  function again(turn: Turn, change: Partial<AskRequest>): void {
    const { question, completedQuery, id } = turn
    void ask.ask({
      question,
      query: completedQuery,
      replaces: id,
      ignoreThreshold: false,
      ...change,
    })
  }
  const everything: Scope = { kind: 'all' }
  return {
    openCitation: (turn, citations, index) => inspector.openCitation(turn.id, citations, index),
    showSources: (turn) => inspector.show('sources', turn.id),
    showPrompt: (turn) => inspector.show('prompt', turn.id),
    regenerate: (turn) => again(turn, {}),
    answerLonger(turn) {
      const { sampling } = ask.store.getState().open
      ask.setSampling({
        temperature: sampling?.temperature ?? 0,
        maxTokens: bounds.answerTokens.max,
      })
      again(turn, {})
    },
    edit: onEdit,
    search: (turn, query) => again(turn, { query }),
    searchAll(turn) {
      ask.setScope(everything)
      again(turn, {})
    },
    answerAnyway: (turn) => again(turn, { ignoreThreshold: true }),
    answerWithout: (turn) => again(turn, { scope: { kind: 'none' } }),
    addExample: onAddExample,
    openTemplate: onOpenTemplate,
  }
}
