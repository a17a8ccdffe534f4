import type { AvailableModel, Download, IndexState } from '../../../shared/contract/models.ts'
import type { InstalledModel, MachineFacts } from '../../../shared/domain/languageModel.ts'
import type { Api } from '../api/api.ts'
import { mirrorCatalogue } from './catalogue.ts'
import { mirrorDownloads } from './downloads.ts'
import { mirrorInstalled } from './installedModels.ts'
import { mirrorMachine } from './machine.ts'
import type { Mirrored, Tell } from './mirrored.ts'
import { mirrorIndex } from './searchIndex.ts'

/** Installed and downloadable models. */
export interface ModelsMirror {
  readonly installed: Mirrored<readonly InstalledModel[]>
  readonly catalogue: Mirrored<readonly AvailableModel[]>
  readonly downloads: Mirrored<readonly Download[]>
  readonly index: Mirrored<IndexState | null>
  readonly machine: Mirrored<MachineFacts | null>
  /** Loads everything again, and reports failures. */
  reload(): void
  dispose(): void
}

export function mirrorModels(api: Pick<Api, 'models' | 'settings'>, tell: Tell): ModelsMirror {
  const installed = mirrorInstalled(api, tell)
  const catalogue = mirrorCatalogue(api, tell)
  const downloads = mirrorDownloads(api, tell)
  const index = mirrorIndex(api, tell)
  const machine = mirrorMachine(api, tell)
  const all = [installed, catalogue, downloads, index, machine] as const
  let mirrorHost: string | null | undefined
  const stops = [
    // The catalogue also depends on installed models and their speeds.
    api.models.listChanged(() => void catalogue.reload()),
    api.settings.changed(({ downloads: { mirror } }) => {
      if (mirror === mirrorHost) return
      mirrorHost = mirror
      void catalogue.reload()
    }),
  ]
  return {
    installed,
    catalogue,
    downloads,
    index,
    machine,
    reload() {
      for (const one of all) void one.reload()
    },
    dispose() {
      for (const stop of stops) stop()
      for (const one of all) one.dispose()
    },
  }
}
