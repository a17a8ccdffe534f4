import type { IndexState } from '../../../shared/contract/models.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

/** The state of the index; null until known. Imports change its size without an event. */
export function mirrorIndex(
  { models }: Pick<Api, 'models'>,
  tell: Tell,
): Mirrored<IndexState | null> {
  return createMirrored<IndexState | null>(
    {
      initial: null,
      load: () => models.index(),
      follow: (change) => [models.indexChanged((now) => change(() => now))],
      sentence: 'The state of the index could not be read.',
    },
    tell,
  )
}
