import type { InstalledModel } from '../../../shared/domain/languageModel.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

/** The installed models. */
export function mirrorInstalled(
  { models }: Pick<Api, 'models'>,
  tell: Tell,
): Mirrored<readonly InstalledModel[]> {
  return createMirrored<readonly InstalledModel[]>(
    {
      initial: [],
      load: () => models.list(),
      follow: (change) => [models.listChanged((now) => change(() => now))],
      sentence: 'The list of models could not be read.',
    },
    tell,
  )
}
