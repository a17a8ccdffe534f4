import { isPending, type Collection } from '../../../../shared/domain/libraryDocument.ts'
import { cancelled } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'

/** Imports the sample library and waits until each of its documents is ready or has failed. */
export async function importSampleLibrary(
  { documents }: Pick<Api, 'documents'>,
  signal: AbortSignal,
): Promise<Collection> {
  let check: () => void = () => undefined
  const stop = documents.changes(() => check())
  try {
    const sample = await documents.importSample(undefined, { signal })
    await new Promise<void>((resolve, reject) => {
      const look = async (): Promise<void> => {
        const { documents: rows } = await documents.list(undefined, { signal })
        const own = rows.filter((row) => row.collections.includes(sample.id))
        if (own.length > 0 && !own.some((row) => isPending(row.state))) resolve()
      }
      check = () => void look().catch(reject)
      signal.addEventListener('abort', () => reject(cancelled()), { once: true })
      check()
    })
    return sample
  } finally {
    stop()
  }
}
