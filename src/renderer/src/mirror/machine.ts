import type { MachineFacts } from '../../../shared/domain/languageModel.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

/** Memory, processors and free disk space; null until known. The core has no event for them. */
export function mirrorMachine(
  { models }: Pick<Api, 'models'>,
  tell: Tell,
): Mirrored<MachineFacts | null> {
  return createMirrored<MachineFacts | null>(
    {
      initial: null,
      load: () => models.machine(),
      sentence: 'The room on the disk could not be read.',
    },
    tell,
  )
}
