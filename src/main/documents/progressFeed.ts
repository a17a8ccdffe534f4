import type { ImportProgress } from '../../shared/contract/documents.ts'

export interface ProgressFeed {
  /** Something has changed; several changes at once are told once. */
  tellSoon(): void
  onProgress(listener: (progress: ImportProgress) => void): () => void
  close(): void
}

const everyMs = 100

/** Tells listeners how far an import is, at most ten times a second. */
export function createProgressFeed(progress: () => ImportProgress): ProgressFeed {
  const listeners = new Set<(progress: ImportProgress) => void>()
  let timer: NodeJS.Timeout | undefined

  return {
    tellSoon() {
      timer ??= setTimeout(() => {
        timer = undefined
        const current = progress()
        for (const listener of listeners) listener(current)
      }, everyMs)
    },
    onProgress(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
