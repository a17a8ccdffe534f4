import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DocumentChanges, PageProgress } from '../../../../shared/contract/documents.ts'
import type { Collection, LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'

export interface LibraryState {
  readonly status: 'loading' | 'ready' | 'failed'
  /** What went wrong, as a sentence; null unless `failed`. */
  readonly problem: string | null
  readonly documents: ReadonlyMap<string, LibraryDocument>
  readonly collections: readonly Collection[]
  /** How far into the file that is being read; null when none is. */
  readonly reading: PageProgress | null
}

export interface LibraryStore {
  readonly store: StoreApi<LibraryState>
  /** Loads the library and follows its changes, until the returned function is called. */
  readonly open: () => () => void
}

/** Milliseconds in which changes are gathered: an import reports many times a second. */
const gatherMs = 250

/** What the library holds now. Documents that did not change keep their identity. */
export function createLibraryStore(api: Pick<Api, 'documents'>): LibraryStore {
  const store = createStore<LibraryState>(() => ({
    status: 'loading',
    problem: null,
    documents: new Map(),
    collections: [],
    reading: null,
  }))

  function open(): () => void {
    let waiting: DocumentChanges[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    let closed = false
    let loaded = false

    const flush = (): void => {
      timer = undefined
      if (!loaded || waiting.length === 0) return
      const changes = waiting
      waiting = []
      store.setState(({ documents }) => ({ documents: applied(documents, changes) }))
    }
    const stops = [
      api.documents.changes((change) => {
        waiting.push(change)
        timer ??= setTimeout(flush, gatherMs)
      }),
      api.documents.progressChanged(({ reading }) => store.setState({ reading })),
      api.documents.collectionsChanged((collections) => store.setState({ collections })),
    ]
    const load = async (): Promise<void> => {
      try {
        const { documents, collections } = await api.documents.list()
        if (closed) return
        loaded = true
        store.setState({
          status: 'ready',
          problem: null,
          documents: new Map(documents.map((document) => [document.id, document])),
          collections,
        })
        flush()
      } catch (error) {
        if (!closed) store.setState({ status: 'failed', problem: sentence(error) })
      }
    }
    void load()
    return () => {
      closed = true
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }

  return { store, open }
}

function applied(
  before: ReadonlyMap<string, LibraryDocument>,
  changes: readonly DocumentChanges[],
): ReadonlyMap<string, LibraryDocument> {
  const documents = new Map(before)
  for (const { changed, removed } of changes) {
    for (const id of removed) documents.delete(id)
    for (const document of changed) documents.set(document.id, document)
  }
  return documents
}

function sentence(error: unknown): string {
  return error instanceof AppError
    ? error.message
    : 'The list of documents could not be read. Restart Penknife and look again.'
}
