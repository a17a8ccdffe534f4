import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ConversationSummary } from '../../../../shared/domain/conversation.ts'
import type { Api } from '../../api/api.ts'

export interface ConversationListState {
  readonly conversations: readonly ConversationSummary[]
  readonly search: string
  /** What the search found; null while nothing is searched for. */
  readonly found: readonly ConversationSummary[] | null
}

export interface ConversationList {
  readonly store: StoreApi<ConversationListState>
  load(): void
  setSearch(text: string): void
  rename(id: string, title: string): void
  remove(id: string): void
  restore(id: string): void
  dispose(): void
}

export interface ConversationListDeps {
  readonly api: Pick<Api, 'chat'>
  readonly onError: (error: unknown, fallback: string) => void
}

const pauseMs = 150

/** All conversations, newest first, and the search in them. */
export function createConversationList({ api, onError }: ConversationListDeps): ConversationList {
  const { chat } = api
  const store = createStore<ConversationListState>(() => ({
    conversations: [],
    search: '',
    found: null,
  }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let searching = new AbortController()

  async function runSearch(text: string): Promise<void> {
    searching = new AbortController()
    const { signal } = searching
    try {
      const found = await chat.search({ text }, { signal })
      if (!signal.aborted) store.setState({ found })
    } catch (error) {
      if (!signal.aborted) onError(error, 'The search failed. Try again.')
    }
  }

  const stop = chat.listChanged((conversations) => {
    store.setState({ conversations })
    const { search } = store.getState()
    if (search.trim() !== '') void runSearch(search.trim())
  })

  return {
    store,
    load() {
      chat.list().then(
        (conversations) => store.setState({ conversations }),
        (error: unknown) => onError(error, 'The conversations could not be read.'),
      )
    },
    setSearch(search) {
      clearTimeout(timer)
      searching.abort()
      store.setState({ search, ...(search.trim() === '' && { found: null }) })
      if (search.trim() !== '') timer = setTimeout(() => void runSearch(search.trim()), pauseMs)
    },
    rename(id, title) {
      chat
        .rename({ id, title })
        .catch((error: unknown) => onError(error, 'The conversation could not be renamed.'))
    },
    remove(id) {
      chat
        .remove({ id })
        .catch((error: unknown) => onError(error, 'The conversation could not be deleted.'))
    },
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
