import type { ImportProgress, PageProgress } from '../../../shared/contract/documents.ts'
import { createImportRate } from './importRate.ts'

/** The files of the pipeline; sizes in bytes. */
export interface LineState {
  /** Sizes of files of which nothing is indexed yet. */
  readonly untouched: readonly number[]
  readonly indexing: readonly number[]
  /** Progress of `indexing`, 0 to 1. */
  readonly indexed: number
  /** The current file. */
  readonly current: string | null
  readonly reading: PageProgress | null
}

export interface ImportState extends LineState {
  readonly paused: boolean
}

/** Counts the files of one import, from the first queued file until the queue is empty. */
export interface ImportCount {
  run(): void
  pause(): void
  /** @param sizes in bytes. */
  finish(sizes: readonly number[], failed: number): void
  /** Resets the counts for a new import. */
  restart(): void
  progress(underWay: ImportState): ImportProgress
}

/** The fixed cost per file, expressed in bytes of text. */
const bytesPerFile = 4_096

export function createImportCount(now: () => number): ImportCount {
  let rate = createImportRate(now)
  let done = 0
  let failedFiles = 0
  let bytesDone = 0

  return {
    run: () => rate.run(),
    pause: () => rate.pause(),
    finish(sizes, failed) {
      done += sizes.length
      failedFiles += failed
      bytesDone += weigh(sizes)
    },
    restart() {
      rate = createImportRate(now)
      done = 0
      failedFiles = 0
      bytesDone = 0
    },
    progress({ untouched, indexing, indexed, current, reading, paused }) {
      const left = untouched.length + indexing.length
      if (left === 0) {
        return {
          total: 0,
          done: 0,
          failed: 0,
          current: null,
          reading: null,
          paused,
          secondsLeft: null,
        }
      }
      const begun = weigh(indexing)
      const bytesLeft = weigh(untouched) + begun * (1 - indexed)
      return {
        total: done + left,
        done,
        failed: failedFiles,
        current,
        reading,
        paused,
        secondsLeft: rate.secondsLeft(bytesDone + begun * indexed, bytesLeft),
      }
    },
  }
}

function weigh(sizes: readonly number[]): number {
  return sizes.reduce((sum, bytes) => sum + bytes + bytesPerFile, 0)
}
