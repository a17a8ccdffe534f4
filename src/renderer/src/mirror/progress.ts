import type { ImportProgress } from '../../../shared/contract/documents.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

const noImport: ImportProgress = {
  total: 0,
  done: 0,
  failed: 0,
  current: null,
  reading: null,
  paused: false,
  secondsLeft: null,
}

/** The progress of the import. */
export function mirrorProgress(
  { documents }: Pick<Api, 'documents'>,
  tell: Tell,
): Mirrored<ImportProgress> {
  return createMirrored(
    {
      initial: noImport,
      load: () => documents.progress(),
      follow: (change) => [documents.progressChanged((now) => change(() => now))],
      sentence: 'The progress of the import could not be read.',
    },
    tell,
  )
}
