import type { AppContract } from '../../shared/contract/index.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import type { ModelService } from '../models/modelService.ts'

export function createModelHandlers(models: ModelService): Handlers<AppContract>['models'] {
  return {
    state() {
      // A window is open: the model is loaded while the person reads, not when the question comes.
      models.start()
      return models.state()
    },
    stateChanged: (listener) => models.onState(listener),
    use: ({ file }) => models.use(file),
  }
}
