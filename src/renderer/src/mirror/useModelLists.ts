import { useStore } from 'zustand'
import type { AvailableModel, Download, IndexState } from '../../../shared/contract/models.ts'
import type { InstalledModel, MachineFacts } from '../../../shared/domain/languageModel.ts'
import type { ModelsMirror } from './models.ts'

/** The models for rendering. */
export interface ModelLists {
  readonly installed: readonly InstalledModel[]
  readonly catalogue: readonly AvailableModel[]
  readonly downloads: readonly Download[]
  readonly index: IndexState | null
  readonly machine: MachineFacts | null
  /** Whether everything is loaded. */
  readonly known: boolean
  /** Why some of it couldn't be loaded, as a sentence. */
  readonly problem: string | null
}

/** All lists of models; renders again when any changes. */
export function useModelLists(models: ModelsMirror): ModelLists {
  const installed = useStore(models.installed)
  const catalogue = useStore(models.catalogue)
  const downloads = useStore(models.downloads)
  const index = useStore(models.index)
  const machine = useStore(models.machine)
  const all = [installed, catalogue, downloads, index, machine]
  return {
    installed: installed.value,
    catalogue: catalogue.value,
    downloads: downloads.value,
    index: index.value,
    machine: machine.value,
    known: all.every(({ known }) => known),
    problem: all.find(({ problem }) => problem !== null)?.problem ?? null,
  }
}
