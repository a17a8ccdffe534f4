import type { ReadDocument } from './importWork.ts'

/** A file that was read, with its size in bytes. */
export interface Read {
  readonly file: ReadDocument
  readonly bytes: number
}

/** Files that were read and are waiting to be indexed, in order. */
export interface ReadAhead {
  size(): number
  list(): readonly Read[]
  /**
   * Whether another file may be read.
   *
   * @param indexing the files that are being indexed.
   */
  hasRoom(indexing: readonly Read[]): boolean
  readonly add: (read: Read) => void
  /** The next group to index: one file, or several small ones. */
  takeGroup(): readonly Read[]
  takeAll(): readonly Read[]
}

/** Passages per group of small files. */
const groupChunks = 256
/** Limit of waiting passages up to which the next file is read. */
const aheadChunks = 512
/** Limit of waiting files, so that little work is lost in a crash. */
const aheadFiles = 64

export function createReadAhead(): ReadAhead {
  let waiting: Read[] = []

  return {
    size: () => waiting.length,
    list: () => waiting,
    hasRoom(indexing) {
      const chunks = [...waiting, ...indexing].reduce((sum, { file }) => sum + file.chunks, 0)
      return chunks < aheadChunks && waiting.length < aheadFiles
    },
    add(read) {
      waiting.push(read)
    },
    takeGroup() {
      let chunks = 0
      const tooLarge = waiting.findIndex(({ file }, index) => {
        chunks += file.chunks
        return index > 0 && chunks > groupChunks
      })
      return waiting.splice(0, tooLarge < 0 ? waiting.length : tooLarge)
    },
    takeAll() {
      const all = waiting
      waiting = []
      return all
    },
  }
}
