import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Citation } from '../../../../shared/domain/conversation.ts'

export type InspectorTab = 'sources' | 'document' | 'prompt'

export interface InspectorState {
  /** null if it is closed. */
  readonly tab: InspectorTab | null
  /** Id of the inspected turn; null: the last one. */
  readonly turn: string | null
  /** The citations that the viewer steps through, and the current one. */
  readonly citations: readonly Citation[]
  readonly index: number
}

export interface Inspector {
  readonly store: StoreApi<InspectorState>
  show(tab: InspectorTab, turn?: string | null): void
  openCitation(turn: string | null, citations: readonly Citation[], index: number): void
  setIndex(index: number): void
  close(): void
  toggle(): void
  /** Closes everything, for another conversation. */
  reset(): void
}

const nothing = { turn: null, citations: [], index: 0 } as const

/** The state of the inspector beside the answers: sources, a document, a prompt, or closed. */
export function createInspector(): Inspector {
  const store = createStore<InspectorState>(() => ({ tab: null, ...nothing }))
  let lastTab: InspectorTab = 'sources'
  store.subscribe(({ tab }) => {
    lastTab = tab ?? lastTab
  })
  return {
    store,
    show: (tab, turn) => store.setState(turn === undefined ? { tab } : { tab, turn }),
    openCitation: (turn, citations, index) =>
      store.setState({ tab: 'document', turn, citations, index }),
    setIndex: (index) => store.setState({ index }),
    close: () => store.setState({ tab: null }),
    toggle: () => store.setState(({ tab }) => ({ tab: tab === null ? lastTab : null })),
    reset: () =>
      store.setState(({ tab }) => ({ tab: tab === null ? null : 'sources', ...nothing })),
  }
}
