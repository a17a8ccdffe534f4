import path from 'node:path'
import { weighChoice } from '../chat/choice/weighChoice.ts'
import { bundledEmbedderId } from '../embedding/embedderProfile.ts'
import type { Indexing } from '../indexing/indexing.ts'
import { createForeground, type Foreground } from '../llm/foreground.ts'
import { createHostLlm } from '../llm/hostLlm.ts'
import type { Llm, LlmInfo } from '../llm/llm.ts'
import type { Patience } from '../llm/patience.ts'
import { unloadWhenIdle } from '../models/idleUnload.ts'
import { createModelActions, type ModelActions } from '../models/modelActions.ts'
import { createModelLoader, type ModelLoader } from '../models/modelLoader.ts'
import type { Foundation } from './foundation.ts'

/** The part for the language model, installed models and downloads. */
export interface Models {
  readonly loader: ModelLoader
  readonly actions: ModelActions
  readonly llm: Llm
  readonly foreground: Foreground
  /**
   * Waits until a model can answer.
   *
   * @param onLoading receives the progress, from 0 to 1; null if it is unknown.
   * @param file a certain model, see `ModelLoader.ready`.
   * @returns null if none is wanted or none can be loaded.
   * @throws AppError `cancelled`.
   */
  loaded(
    onLoading: (fraction: number | null) => void,
    signal: AbortSignal,
    file?: string,
  ): Promise<LlmInfo | null>
  /**
   * Protects the embedders that indexing needs from removal. Before this call only the bundled one
   * is protected.
   */
  protectEmbedders(indexing: Pick<Indexing, 'needed' | 'onExchange'>): void
}

/** @param patience how long a language model may make no progress before it counts as hung. */
export async function composeModels(
  { paths, resources, startHost, settings, notice, logger, disposer }: Foundation,
  patience: Patience | undefined,
): Promise<Models> {
  const hostLlm = createHostLlm({
    start: startHost,
    calibrationFile: paths.calibration,
    logger,
    patience,
  })
  disposer.add(() => hostLlm.dispose())
  const bundledModel = path.join(resources.models, 'penknife-tiny', 'penknife-tiny-q8_0.gguf')
  const { loader, llm } = unloadWhenIdle(
    createModelLoader({ llm: hostLlm, settings, bundledModel, logger }),
    hostLlm,
    settings,
  )
  disposer.add(() => loader.dispose())
  let embeddersNeeded: () => readonly string[] = () => [bundledEmbedderId]
  const actions = await createModelActions({
    loader,
    settings,
    folder: paths.models,
    catalogueFile: resources.catalogue,
    calibrationFile: paths.calibration,
    bundled: {
      llm: bundledModel,
      embedder: {
        id: bundledEmbedderId,
        directory: path.join(resources.models, bundledEmbedderId),
      },
    },
    embeddersNeeded: () => embeddersNeeded(),
    weighChoice: (info, onFraction, signal) =>
      weighChoice({ llm: hostLlm, info, now: () => performance.now() }, onFraction, signal),
    notice,
    logger,
  })
  disposer.add(() => actions.dispose())

  return {
    loader,
    actions,
    llm,
    foreground: createForeground(llm),
    async loaded(onLoading, signal, file) {
      const stop = loader.onState((state) => {
        if (state.status === 'loading' || state.status === 'measuring') onLoading(state.fraction)
      })
      try {
        return await loader.ready(signal, file)
      } finally {
        stop()
      }
    },
    protectEmbedders({ needed, onExchange }) {
      embeddersNeeded = needed
      onExchange(() => actions.installed.changed())
    },
  }
}
