import { Download, FilePlus, HardDrive, MemoryStick } from 'lucide-react'
import type { AvailableModel } from '../../../shared/contract/models.ts'
import type { InstalledModel } from '../../../shared/domain/languageModel.ts'
import type { PaletteAction } from '../features/palette/CommandPalette.tsx'
import { action } from './paletteAction.ts'
import { placeIcons } from './Rail.tsx'

/** The state of models that the palette needs. */
export interface PaletteModels {
  readonly installed: readonly InstalledModel[]
  readonly catalogue: readonly AvailableModel[]
  /** Whether a model is in memory. */
  readonly modelLoaded: boolean
  /** Id of the embedder whose index is being built; null: none. */
  readonly pendingEmbedder: string | null
}

export interface PaletteModelActions {
  readonly addModel: () => void
  readonly downloadModel: () => void
  readonly getModel: (id: string) => void
  readonly useModel: (id: string) => void
  readonly useEmbedder: (id: string) => void
  readonly findModels: () => void
  readonly unloadModel: () => void
}

/** Palette entries for models in general, and for each model. */
export function modelActions(
  state: PaletteModels,
  act: PaletteModelActions,
): readonly PaletteAction[] {
  const { installed, catalogue } = state
  const usable = installed.filter(({ inUse, problem }) => !inUse && problem === null)
  return [
    action('model-add', 'Add a model file', act.addModel, <FilePlus />),
    action('model-find', 'Find models on this disk', act.findModels, <HardDrive />),
    action('model-address', 'Download a model from an address', act.downloadModel, <Download />),
    ...(state.modelLoaded
      ? [action('model-unload', 'Unload the model', act.unloadModel, <MemoryStick />)]
      : []),
    ...usable
      .filter(({ role }) => role === 'answers')
      .map(({ id, name }) =>
        action(`model-use-${id}`, `Use ${name}`, () => act.useModel(id), placeIcons.models),
      ),
    ...usable
      .filter(({ id, role }) => role === 'passages' && id !== state.pendingEmbedder)
      .map(({ id, name }) =>
        action(
          `model-use-${id}`,
          `Use ${name} for finding passages`,
          () => act.useEmbedder(id),
          placeIcons.models,
        ),
      ),
    ...catalogue
      .filter((entry) => !entry.installed)
      .map(({ id, name, quantisation }) =>
        action(
          `model-get-${id}`,
          `Download ${name} ${quantisation}`,
          () => act.getModel(id),
          <Download />,
        ),
      ),
  ]
}
