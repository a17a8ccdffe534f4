import type { StoreApi } from 'zustand/vanilla'
import type { Api } from '../api/api.ts'
import type { Connection } from '../api/connection.ts'
import type { FileSource } from '../api/fileSource.ts'
import { createAskStore, type AskStore } from '../features/ask/askStore.ts'
import { createConversationList, type ConversationList } from '../features/ask/conversationList.ts'
import { createInspector, type Inspector } from '../features/ask/inspector.ts'
import { createModelsStore, type ModelsStore } from '../features/models/modelsStore.ts'
import { createImporter, type Importer } from '../features/jobs/importer.ts'
import { createTemplatesStore, type TemplatesStore } from '../features/templates/templatesStore.ts'
import { createTryStore, type TryStore } from '../features/templates/try/tryStore.ts'
import { showError, showToast } from '../ui/toasts.ts'
import { createCoreState, type CoreState } from './coreState.ts'
import { createLayoutMemory, type LayoutMemory } from './layoutMemory.ts'
import { createNavigation, type Navigation } from './navigation.ts'

/** Everything of the window that outlives a drawing of it. */
export interface WindowParts {
  readonly api: Api
  readonly connection: Connection
  readonly files: FileSource
  readonly core: StoreApi<CoreState>
  readonly navigation: StoreApi<Navigation>
  readonly ask: AskStore
  readonly inspector: Inspector
  readonly conversations: ConversationList
  readonly templates: TemplatesStore
  readonly trying: TryStore
  readonly models: ModelsStore
  readonly importer: Importer
  readonly layout: LayoutMemory
  dispose(): void
}

export interface WindowPartsDeps {
  readonly connection: Connection
  readonly files: FileSource
}

/** The window's composition root. */
export function createWindowParts({ connection, files }: WindowPartsDeps): WindowParts {
  const { api } = connection
  const core = createCoreState({
    api,
    connection: connection.state,
    onError: (error) => showError(error, 'Penknife could not be reached. Reload the window.'),
  })
  const conversations = createConversationList({ api, onError: showError })
  const templates = createTemplatesStore({ api, onError: showError })
  const navigation = createNavigation()
  const models = createModelsStore({
    api,
    onError: showError,
    onArrived({ name }) {
      if (navigation.getState().place !== 'models')
        showToast(`${name} is here. Use it under Models.`)
    },
  })
  const load = (): void => {
    if (connection.state.getState().generation === 0) return
    conversations.load()
    templates.load()
    models.load()
  }
  const stopLoading = connection.state.subscribe((now, before) => {
    if (now.generation !== before.generation) load()
  })
  load()
  return {
    api,
    connection,
    files,
    core: core.store,
    navigation,
    ask: createAskStore(api),
    inspector: createInspector(),
    conversations,
    templates,
    trying: createTryStore(api),
    models,
    importer: createImporter({
      api,
      onMessage: (text) => showToast(text),
      onError: showError,
    }),
    layout: createLayoutMemory({
      api,
      core: core.store,
      onError: (error) => showError(error, 'The layout of the window could not be saved.'),
    }),
    dispose() {
      stopLoading()
      conversations.dispose()
      templates.dispose()
      models.dispose()
      core.dispose()
    },
  }
}
