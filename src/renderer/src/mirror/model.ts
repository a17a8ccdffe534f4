import type { ModelState } from '../../../shared/contract/models.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

/** The state of the language model; null until known. */
export function mirrorModel(
  { models }: Pick<Api, 'models'>,
  tell: Tell,
): Mirrored<ModelState | null> {
  return createMirrored<ModelState | null>(
    {
      initial: null,
      load: () => models.state(),
      follow: (change) => [models.stateChanged((now) => change(() => now))],
      sentence: 'The state of the model could not be read. Reload the window.',
    },
    tell,
  )
}
