/** A file to import, with the id of its row. */
export interface QueuedFile {
  readonly id: string
  readonly bytes: number
}

/** Files waiting to be read, in order, without duplicates. */
export interface WaitingFiles {
  isEmpty(): boolean
  /** In bytes. */
  sizes(): readonly number[]
  readonly add: (files: readonly QueuedFile[]) => void
  /** Puts files at the front. */
  putBack(files: readonly QueuedFile[]): void
  takeFirst(): QueuedFile | undefined
  readonly forget: (ids: readonly string[]) => void
  clear(): void
}

export function createWaitingFiles(): WaitingFiles {
  const bytesOf = new Map<string, number>()

  function add(files: readonly QueuedFile[]): void {
    for (const { id, bytes } of files) bytesOf.set(id, bytes)
  }

  return {
    isEmpty: () => bytesOf.size === 0,
    sizes: () => [...bytesOf.values()],
    add,
    putBack(files) {
      const others = [...bytesOf].map(([id, bytes]) => ({ id, bytes }))
      bytesOf.clear()
      add([...files, ...others])
    },
    takeFirst() {
      for (const [id, bytes] of bytesOf) {
        bytesOf.delete(id)
        return { id, bytes }
      }
      return undefined
    },
    forget(ids) {
      for (const id of ids) bytesOf.delete(id)
    },
    clear: () => bytesOf.clear(),
  }
}
