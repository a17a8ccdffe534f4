import { createStore, type StoreApi } from 'zustand/vanilla'
import { readableKinds } from '../../../../shared/domain/formats.ts'
import { isCancelled } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'
import type { PendingFiles, UploadProgress } from '../../api/fileSource.ts'

export interface UploadState {
  /** The current upload; null if there is none. */
  readonly upload: UploadProgress | null
}

export interface ImporterDeps {
  readonly api: Api
  /** Shows a sentence about what happened. */
  readonly onMessage: (text: string) => void
  readonly onError: (error: unknown, fallback: string) => void
}

export interface Importer {
  readonly store: StoreApi<UploadState>
  /** Passes files to the core's import queue. Resolves when they are in the ledger. */
  importFiles(files: PendingFiles, collection: string | null): Promise<void>
  cancelUpload(): void
}

/** Imports dropped or chosen files into the library. */
export function createImporter({ api, onMessage, onError }: ImporterDeps): Importer {
  const store = createStore<UploadState>(() => ({ upload: null }))
  let controller = new AbortController()
  let running = 0

  async function importFiles(files: PendingFiles, collection: string | null): Promise<void> {
    const { signal } = controller
    running += 1
    try {
      const picked = await files.toItems({
        signal,
        onProgress: (upload) => store.setState({ upload }),
      })
      if (picked.items.length === 0) {
        onMessage(`Nothing there that Penknife can read. It reads ${readableKinds}.`)
        return
      }
      const { queued, skipped } = await api.documents.import({
        items: [...picked.items],
        collection,
      })
      onMessage(describe(queued, skipped + picked.skipped))
    } catch (error) {
      if (isCancelled(error)) onMessage('The import was stopped. Nothing was added.')
      else onError(error, 'The files could not be imported. Try again.')
    } finally {
      running -= 1
      if (running === 0) store.setState({ upload: null })
    }
  }

  return {
    store,
    importFiles,
    cancelUpload() {
      controller.abort()
      controller = new AbortController()
    },
  }
}

function describe(queued: number, skipped: number): string {
  const left = skipped === 0 ? '' : ` ${String(skipped)} of other kinds left out.`
  if (queued === 0) return `Nothing new to import.${left}`
  return `Importing ${queued === 1 ? '1 file' : `${String(queued)} files`}.${left}`
}
