import type { AvailableModel } from '../../../shared/contract/models.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

/** The models that could be downloaded. The core has no event for it. */
export function mirrorCatalogue(
  { models }: Pick<Api, 'models'>,
  tell: Tell,
): Mirrored<readonly AvailableModel[]> {
  return createMirrored<readonly AvailableModel[]>(
    {
      initial: [],
      load: () => models.catalogue(),
      sentence: 'The catalogue of models could not be read.',
    },
    tell,
  )
}
