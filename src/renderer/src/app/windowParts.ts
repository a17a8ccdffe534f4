import type { StoreApi } from 'zustand/vanilla'
import type { Download } from '../../../shared/contract/models.ts'
import type { Api } from '../api/api.ts'
import type { Connection } from '../api/connection.ts'
import type { FileSource } from '../api/fileSource.ts'
import { createAskStore, type AskStore } from '../features/ask/askStore.ts'
import { createConversationList, type ConversationList } from '../features/ask/conversationList.ts'
import { createInspector, type Inspector } from '../features/ask/inspector.ts'
import { createModelsStore, type ModelsStore } from '../features/models/modelsStore.ts'
import { createImporter, type Importer } from '../features/jobs/importer.ts'
import { createDataCheckStore, type DataCheckStore } from '../features/settings/dataCheckStore.ts'
import { createSetAsideStore, type SetAsideStore } from '../features/settings/setAsideStore.ts'
import { createTemplatesStore, type TemplatesStore } from '../features/templates/templatesStore.ts'
import { createTryStore, type TryStore } from '../features/templates/try/tryStore.ts'
import { createMirror, type Mirror } from '../mirror/mirror.ts'
import { showError, showToast } from '../ui/toasts.ts'
import { createLayoutMemory, type LayoutMemory } from './layoutMemory.ts'
import { createNavigation, type Navigation } from './navigation.ts'

/** Stores and services of the window, created once. */
export interface WindowParts {
  readonly api: Api
  readonly connection: Connection
  readonly files: FileSource
  readonly mirror: Mirror
  readonly navigation: StoreApi<Navigation>
  readonly ask: AskStore
  readonly inspector: Inspector
  readonly conversations: ConversationList
  readonly templates: TemplatesStore
  readonly trying: TryStore
  readonly models: ModelsStore
  readonly importer: Importer
  readonly layout: LayoutMemory
  readonly dataCheck: DataCheckStore
  readonly aside: SetAsideStore
  dispose(): void
}

export interface WindowPartsDeps {
  readonly connection: Connection
  readonly files: FileSource
}

/** The window's composition root. */
export function createWindowParts({ connection, files }: WindowPartsDeps): WindowParts {
  const { api } = connection
  const mirror = createMirror({ api, connection: connection.state, onError: showError })
  const conversations = createConversationList({
    api,
    mirror: mirror.conversations,
    onError: showError,
  })
  const templates = createTemplatesStore({ api, lists: mirror.templates, onError: showError })
  const navigation = createNavigation()
  const models = createModelsStore({ api, mirror: mirror.models, onError: showError })
  const stopWatching = mirror.models.downloads.subscribe((now, before) => {
    if (navigation.getState().place === 'models') return
    for (const { name } of arrived(before.value, now.value)) {
      showToast(`${name} is here. Use it under Models.`)
    }
  })
  return {
    api,
    connection,
    files,
    mirror,
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
    layout: createLayoutMemory(mirror.settings),
    dataCheck: createDataCheckStore(api),
    aside: createSetAsideStore({ api, onMessage: (text) => showToast(text), onError: showError }),
    dispose() {
      stopWatching()
      conversations.dispose()
      templates.dispose()
      models.dispose()
      mirror.dispose()
    },
  }
}

/** Downloads that were finished between two states. */
function arrived(before: readonly Download[], now: readonly Download[]): readonly Download[] {
  const statuses = new Map(before.map((one) => [one.id, one.state.status]))
  return now.filter(({ id, state }) => {
    const was = statuses.get(id)
    return state.status === 'done' && was !== undefined && was !== 'done'
  })
}
