import type { AppContract } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import type { ModelService } from '../models/modelService.ts'

export function createModelHandlers(models: ModelService): Handlers<AppContract>['models'] {
  const notYet = (): never => {
    throw new AppError('not-found', 'The model manager is not there yet.')
  }
  return {
    state() {
      // A window is open: the model is loaded while the person reads, not when the question comes.
      models.start()
      return models.state()
    },
    stateChanged: (listener) => models.onState(listener),
    use: (which) => ('file' in which ? models.use(which.file) : notYet()),
    unload: notYet,
    list: () => [],
    listChanged: () => () => undefined,
    machine: notYet,
    inspect: notYet,
    add: notYet,
    remove: notYet,
    scan: () => [],
    catalogue: () => [],
    downloads: () => [],
    downloadsChanged: () => () => undefined,
    startDownload: notYet,
    pauseDownload: notYet,
    resumeDownload: notYet,
    cancelDownload: notYet,
    calibrate: notYet,
  }
}
