import type { AppContract } from '../../shared/contract/index.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { inspectModel } from '../llm/gguf/modelFacts.ts'
import type { Indexing } from '../indexing/indexing.ts'
import type { ModelManager } from '../models/modelManager.ts'
import type { ModelService } from '../models/modelService.ts'

export function createModelHandlers(deps: {
  readonly service: ModelService
  readonly manager: ModelManager
  readonly indexing: Indexing
  readonly onUnexpectedError: (error: unknown) => void
}): Handlers<AppContract>['models'] {
  const { service, manager, indexing, onUnexpectedError } = deps
  const { library, downloads } = manager
  return {
    state() {
      // A window is open: the model is loaded while the person reads, not when the question comes.
      service.start()
      return service.state()
    },
    stateChanged: (listener) => service.onState(listener),
    async use(which) {
      if ('file' in which) return service.use(which.file)
      await manager.use(which.id)
      return service.state()
    },
    unload: () => service.unload(),
    list: () => library.list(),
    listChanged: (listener) =>
      library.onChange(() => {
        library.list().then(listener, onUnexpectedError)
      }),
    machine: () => manager.machine(),
    inspect: ({ file }) => inspectModel(file),
    add: ({ file }) => library.add(file),
    remove: ({ id }) => library.remove(id),
    scan: ({ folder }, { signal }) => manager.scan(folder, signal),
    catalogue: () => manager.catalogue(),
    downloads: () => downloads.list(),
    downloadsChanged: (listener) => downloads.onChange(listener),
    startDownload: (what) => manager.download(what),
    pauseDownload: ({ id }) => downloads.pause(id),
    resumeDownload: ({ id }) => downloads.resume(id),
    cancelDownload: ({ id }) => downloads.cancel(id),
    calibrate: ({ id }, { signal }) => manager.calibrate(id, signal),
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
