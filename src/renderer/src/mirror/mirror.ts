import type { StoreApi } from 'zustand/vanilla'
import type { ImportProgress } from '../../../shared/contract/documents.ts'
import type { ModelState } from '../../../shared/contract/models.ts'
import type { AppInfo } from '../../../shared/contract/settings.ts'
import type { Api } from '../api/api.ts'
import type { ConnectionState } from '../api/connection.ts'
import { mirrorAppInfo } from './appInfo.ts'
import { mirrorConversations, type ConversationsMirror } from './conversations.ts'
import { mirrorLibrary, type Library } from './library.ts'
import type { Failure, Mirrored } from './mirrored.ts'
import { mirrorModel } from './model.ts'
import { mirrorModels, type ModelsMirror } from './models.ts'
import { mirrorProgress } from './progress.ts'
import { mirrorSettings, type SettingsMirror } from './settings.ts'
import { mirrorTemplates, type TemplateLists } from './templates.ts'

/** The window's single copy of the core's state. State used by one place only isn't part of it. */
export interface Mirror {
  readonly info: Mirrored<AppInfo | null>
  readonly settings: SettingsMirror
  readonly model: Mirrored<ModelState | null>
  readonly library: Mirrored<Library>
  readonly progress: Mirrored<ImportProgress>
  readonly conversations: ConversationsMirror
  readonly templates: Mirrored<TemplateLists>
  readonly models: ModelsMirror
  dispose(): void
}

export interface MirrorDeps {
  readonly api: Api
  readonly connection: Pick<StoreApi<ConnectionState>, 'getState' | 'subscribe'>
  /** @param sentence for errors without a message for users */
  readonly onError: (error: unknown, sentence: string) => void
}

/** Follows the core's events, and loads everything again whenever the connection was opened. */
export function createMirror({ api, connection, onError }: MirrorDeps): Mirror {
  const tell = ({ error, sentence }: Failure): void => onError(error, sentence)
  const parts = {
    info: mirrorAppInfo(api, tell),
    settings: mirrorSettings(api, tell),
    model: mirrorModel(api, tell),
    library: mirrorLibrary(api, tell),
    progress: mirrorProgress(api, tell),
    conversations: mirrorConversations(api, tell),
    templates: mirrorTemplates(api, tell),
  }
  const models = mirrorModels(api, tell)
  const { installed, catalogue, downloads, index, machine } = models
  const all: readonly Pick<Mirrored<unknown>, 'load' | 'dispose'>[] = [
    ...Object.values(parts),
    ...[installed, catalogue, downloads, index, machine],
  ]

  async function loadAll(): Promise<void> {
    const failures = await Promise.all(all.map((one) => one.load()))
    // They usually fail together, so only one message is shown.
    const first = failures.find((failure) => failure !== null)
    if (first !== undefined) tell(first)
  }

  const stop = connection.subscribe((now, before) => {
    if (now.generation !== before.generation) void loadAll()
  })
  if (connection.getState().generation > 0) void loadAll()

  return {
    ...parts,
    models,
    dispose() {
      stop()
      models.dispose()
      for (const part of Object.values(parts)) part.dispose()
    },
  }
}
