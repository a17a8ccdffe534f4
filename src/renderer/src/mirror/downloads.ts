import type { Download } from '../../../shared/contract/models.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

/** The downloads that were started and not dismissed yet. */
export function mirrorDownloads(
  { models }: Pick<Api, 'models'>,
  tell: Tell,
): Mirrored<readonly Download[]> {
  return createMirrored<readonly Download[]>(
    {
      initial: [],
      load: () => models.downloads(),
      follow: (change) => [models.downloadsChanged((now) => change(() => now))],
      sentence: 'The list of downloads could not be read.',
    },
    tell,
  )
}
