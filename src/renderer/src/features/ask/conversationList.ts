import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Api } from '../../api/api.ts'
import type { ConversationsMirror } from '../../mirror/conversations.ts'

export interface ConversationListState {
  readonly search: string
  /** Ids of the found conversations; null without a search. */
  readonly found: readonly string[] | null
}

export interface ConversationList {
  readonly store: StoreApi<ConversationListState>
  readonly mirror: ConversationsMirror
  setSearch(text: string): void
  rename(id: string, title: string): void
  remove(id: string): void
  restore(id: string): void
  dispose(): void
}

export interface ConversationListDeps {
  readonly api: Pick<Api, 'chat'>
  readonly mirror: ConversationsMirror
  readonly onError: (error: unknown, fallback: string) => void
}

const pauseMs = 150

/** The search in conversations, and the actions on them. */
export function createConversationList({
  api,
  mirror,
  onError,
}: ConversationListDeps): ConversationList {
  const { chat } = api
  const store = createStore<ConversationListState>(() => ({
    search: '',
    found: null,
  }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let searching = new AbortController()

  async function runSearch(text: string): Promise<void> {
    searching.abort()
    searching = new AbortController()
    const { signal } = searching
    try {
      const found = await chat.search({ text }, { signal })
      if (!signal.aborted) store.setState({ found: found.map(({ id }) => id) })
    } catch (error) {
      if (!signal.aborted) onError(error, 'The search failed. Try again.')
    }
  }

  const stop = mirror.subscribe(() => {
    const { search } = store.getState()
    if (search.trim() !== '') void runSearch(search.trim())
  })

  return {
    store,
    mirror,
    setSearch(search) {
      clearTimeout(timer)
      searching.abort()
      store.setState({ search, ...(search.trim() === '' && { found: null }) })
      if (search.trim() !== '') timer = setTimeout(() => void runSearch(search.trim()), pauseMs)
    },
    rename: mirror.rename,
    remove: mirror.remove,
    restore(id) {
      chat
        .restore({ id })
        .catch((error: unknown) => onError(error, 'The conversation could not be brought back.'))
    },
    dispose() {
      clearTimeout(timer)
      searching.abort()
      stop()
    },
  }
}
