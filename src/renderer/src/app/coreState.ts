import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ImportProgress } from '../../../shared/contract/documents.ts'
import type { ModelState } from '../../../shared/contract/models.ts'
import type { AppInfo } from '../../../shared/contract/settings.ts'
import type { Collection, LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { defaultSettings, type Settings } from '../../../shared/domain/settings.ts'
import type { Api } from '../api/api.ts'
import type { ConnectionState } from '../api/connection.ts'

/** The window's copy of what several places show. Each place keeps what only it shows. */
export interface CoreState {
  readonly info: AppInfo | null
  readonly settings: Settings
  readonly model: ModelState | null
  readonly documents: ReadonlyMap<string, LibraryDocument>
  readonly collections: readonly Collection[]
  /** Whether the first list has arrived: before, nothing can be called empty. */
  readonly libraryLoaded: boolean
  readonly progress: ImportProgress
}

export const noImport: ImportProgress = {
  total: 0,
  done: 0,
  failed: 0,
  current: null,
  reading: null,
  paused: false,
  secondsLeft: null,
}

export interface CoreStateDeps {
  readonly api: Api
  readonly connection: StoreApi<ConnectionState>
  readonly onError: (error: unknown) => void
}

export interface CoreStateHandle {
  readonly store: StoreApi<CoreState>
  dispose(): void
}

/** Follows the core's events; reads everything anew whenever the connection has been opened. */
export function createCoreState({ api, connection, onError }: CoreStateDeps): CoreStateHandle {
  const store = createStore<CoreState>(() => ({
    info: null,
    settings: defaultSettings,
    model: null,
    documents: new Map(),
    collections: [],
    libraryLoaded: false,
    progress: noImport,
  }))

  async function loadLibrary(): Promise<void> {
    const { documents, collections } = await api.documents.list()
    store.setState({
      documents: new Map(documents.map((row) => [row.id, row])),
      collections,
      libraryLoaded: true,
    })
  }

  function load(): void {
    const loads = [
      api.settings.info().then((info) => store.setState({ info })),
      api.settings.get().then((settings) => store.setState({ settings })),
      api.models.state().then((model) => store.setState({ model })),
      api.documents.progress().then((progress) => store.setState({ progress })),
      loadLibrary(),
    ]
    for (const one of loads) one.catch(onError)
  }

  const stops = [
    api.settings.changed((settings) => store.setState({ settings })),
    api.models.stateChanged((model) => store.setState({ model })),
    api.documents.progressChanged((progress) => store.setState({ progress })),
    api.documents.collectionsChanged((collections) => store.setState({ collections })),
    api.documents.changes(({ changed, removed }) => {
      store.setState(({ documents }) => {
        const next = new Map(documents)
        for (const row of changed) next.set(row.id, row)
        for (const id of removed) next.delete(id)
        return { documents: next }
      })
    }),
    connection.subscribe((now, before) => {
      if (now.generation !== before.generation) load()
    }),
  ]
  if (connection.getState().generation > 0) load()

  return {
    store,
    dispose() {
      for (const stop of stops) stop()
    },
  }
}
