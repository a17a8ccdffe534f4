import type { ReadDocument } from './importWork.ts'

/** A file that was read, with its size in bytes. */
export interface Read {
  readonly file: ReadDocument
  readonly bytes: number
}

/** Files that were read and wait to be indexed, first come, first served. */
export interface ReadAhead {
  size(): number
  list(): readonly Read[]
  /** Whether another file may be read, beside those that are being indexed. */
  hasRoom(indexing: readonly Read[]): boolean
  readonly add: (read: Read) => void
  /** The next files to index in one go: one, or several small ones. */
  takeGroup(): readonly Read[]
  takeAll(): readonly Read[]
}

/** Passages that are indexed in one go, as far as files are small. */
const groupChunks = 256
/** Passages that may wait to be indexed while the next file is read. */
const aheadChunks = 512
/** Files that may wait, so that a kill throws little work away. */
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
