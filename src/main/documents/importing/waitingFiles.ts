/** A file to import, with the id of its row. */
export interface QueuedFile {
  readonly id: string
  readonly bytes: number
  /** It took long once while others waited, and is read after those. */
  readonly isSlow?: true
}

/** Files waiting to be read, in order, without duplicates; slow ones after all others. */
export interface WaitingFiles {
  isEmpty(): boolean
  /** In bytes. */
  sizes(): readonly number[]
  readonly add: (files: readonly QueuedFile[]) => void
  /** Puts files at the front. */
  putBack(files: readonly QueuedFile[]): void
  /** Takes the first file that `fits`. */
  takeFirst(fits: (file: QueuedFile) => boolean): QueuedFile | undefined
  readonly forget: (ids: readonly string[]) => void
  clear(): void
}

export function createWaitingFiles(): WaitingFiles {
  const usual = new Map<string, QueuedFile>()
  const slow = new Map<string, QueuedFile>()
  const both = [usual, slow] as const

  function add(files: readonly QueuedFile[]): void {
    for (const file of files) {
      if (file.isSlow === true || slow.has(file.id)) slow.set(file.id, { ...file, isSlow: true })
      else usual.set(file.id, file)
    }
  }

  return {
    isEmpty: () => both.every(({ size }) => size === 0),
    sizes: () => both.flatMap((files) => [...files.values()].map(({ bytes }) => bytes)),
    add,
    putBack(files) {
      const others = both.flatMap((all) => [...all.values()])
      for (const all of both) all.clear()
      add([...files, ...others])
    },
    takeFirst(fits) {
      for (const files of both) {
        for (const [id, file] of files) {
          if (!fits(file)) continue
          files.delete(id)
          return file
        }
      }
      return undefined
    },
    forget(ids) {
      for (const files of both) for (const id of ids) files.delete(id)
    },
    clear() {
      for (const files of both) files.clear()
    },
  }
}
