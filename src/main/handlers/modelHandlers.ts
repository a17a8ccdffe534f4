import type { AppContract } from '../../shared/contract/index.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import type { ModelService } from '../models/modelService.ts'

export function createModelHandlers(models: ModelService): Handlers<AppContract>['models'] {
  return {
    state: () => models.state(),
    stateChanged: (listener) => models.onState(listener),
    use: ({ file }) => models.use(file),
  }
}
