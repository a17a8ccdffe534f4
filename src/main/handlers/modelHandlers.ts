import type { AppContract } from '../../shared/contract/index.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { inspectModel } from '../llm/gguf/modelFacts.ts'
import type { Indexing } from '../indexing/indexing.ts'
import type { ModelActions } from '../models/modelActions.ts'
import type { ModelLoader } from '../models/modelLoader.ts'

export function createModelHandlers(deps: {
  readonly loader: ModelLoader
  readonly actions: ModelActions
  readonly indexing: Indexing
  readonly onUnexpectedError: (error: unknown) => void
}): Handlers<AppContract>['models'] {
  const { loader, actions, indexing, onUnexpectedError } = deps
  const { installed, downloads } = actions
  return {
    state() {
      // A window is open: the model is loaded while the person reads, not when the question comes.
      loader.start()
      return loader.state()
    },
    stateChanged: (listener) => loader.onState(listener),
    async use(which) {
      if ('file' in which) return loader.use(which.file)
      await actions.use(which.id)
      return loader.state()
    },
    unload: () => loader.unload(),
    list: () => installed.list(),
    listChanged: (listener) =>
      installed.onChange(() => {
        installed.list().then(listener, onUnexpectedError)
      }),
    machine: () => actions.machine(),
    inspect: ({ file }) => inspectModel(file),
    add: ({ file }) => installed.add(file),
    remove: ({ id }) => installed.remove(id),
    scan: ({ folder }, { signal }) => actions.scan(folder, signal),
    catalogue: () => actions.catalogue(),
    downloads: () => downloads.list(),
    downloadsChanged: (listener) => downloads.onChange(listener),
    startDownload: (what) => actions.download(what),
    pauseDownload: ({ id }) => downloads.pause(id),
    resumeDownload: ({ id }) => downloads.resume(id),
    cancelDownload: ({ id }) => downloads.cancel(id),
    calibrate: ({ id }, { signal }) => actions.calibrate(id, signal),
    index: () => indexing.state(),
    indexChanged: (listener) => indexing.onState(listener),
    async useEmbedder({ id }) {
      await indexing.useEmbedder(id)
      return indexing.state()
    },
    pauseRebuild: () => indexing.pause(),
    resumeRebuild: () => indexing.resume(),
    cancelRebuild: () => indexing.cancel(),
  }
}
