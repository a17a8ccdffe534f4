import type { ImportProgress } from '../../shared/contract/documents.ts'
import { AppError, isCancelled } from '../../shared/errors.ts'
import type { Logger } from '../config/logger.ts'
import { createImportCount } from './importCount.ts'

/** A file that was read and waits to be indexed. */
export interface ReadFile {
  readonly id: string
  readonly chunks: number
}

export type ReadOutcome<R extends ReadFile> =
  | { readonly kind: 'read'; readonly file: R }
  /** Nothing to index: it failed, or there is nothing new in it, or nobody wants it any more. */
  | { readonly kind: 'finished'; readonly failed: boolean }

/**
 * The work itself. Steps put what goes wrong with a file into its row; they reject with `cancelled`
 * when the signal says so, and with `disk-full` when no file could go on.
 */
export interface ImportSteps<R extends ReadFile> {
  read(id: string, signal: AbortSignal): Promise<ReadOutcome<R>>
  /** Several small files at once: an index likes few large writes. Says how many of them failed. */
  index(files: readonly R[], hold: IndexHold): Promise<{ readonly failed: number }>
  /** Throws away what was read for a file that is not going to be indexed. */
  discard(files: readonly R[]): Promise<void>
  /** After the last file. */
  finish(): Promise<void>
}

export interface IndexHold {
  readonly signal: AbortSignal
  /** Resolves at once, or when a pause is over. */
  readonly unpaused: () => Promise<void>
  readonly onFraction: (done: number) => void
}

export interface QueuedFile {
  readonly id: string
  readonly bytes: number
}

export interface ImportQueue {
  add(files: readonly QueuedFile[]): void
  pause(): void
  resume(): void
  /** Empties the queue and stops the current files; resolves when they have stopped. */
  cancel(): Promise<void>
  /** Takes single files out. */
  forget(ids: readonly string[]): void
  progress(): ImportProgress
  onProgress(listener: (progress: ImportProgress) => void): () => void
  /** Resolves when nothing is left to do, or everything is paused for want of room. */
  idle(): Promise<void>
  close(): Promise<void>
}

export interface ImportQueueOptions<R extends ReadFile> {
  readonly steps: ImportSteps<R>
  readonly logger: Logger
  /** Told when the disk is full and the queue had to pause. */
  readonly onDiskFull: (error: AppError) => void
  readonly nameOf: (id: string) => string | null
  readonly now: () => number
}

/** Passages that are indexed in one go, as far as files are small. */
const groupChunks = 256
/** Passages that may wait to be indexed while the next file is read. */
const aheadChunks = 512
/** Files that may wait, so that a kill throws little work away. */
const aheadFiles = 64
const tellEveryMs = 100

/** Reads the next file while the one before is indexed. One file is read and one group indexed at a time. */
export function createImportQueue<R extends ReadFile>({
  steps,
  logger,
  onDiskFull,
  nameOf,
  now,
}: ImportQueueOptions<R>): ImportQueue {
  const waiting = new Map<string, number>()
  let reading: { readonly id: string; readonly bytes: number } | undefined
  let read: { readonly file: R; readonly bytes: number }[] = []
  let indexing: readonly { readonly file: R; readonly bytes: number }[] | undefined
  let finishing = false
  /** The steps under way, so that a cancel can wait for their end. */
  const working = new Set<Promise<void>>()
  let paused = false
  let closed = false
  let controller = new AbortController()
  /** How much of the group under way is indexed, 0 to 1. */
  let indexed = 0
  let count = createImportCount(now)
  let changedSinceFinish = false
  const idleWaiters: (() => void)[] = []
  const unpauseWaiters: (() => void)[] = []
  const listeners = new Set<(progress: ImportProgress) => void>()
  let timer: NodeJS.Timeout | undefined

  const isWorking = (): boolean => reading !== undefined || indexing !== undefined || finishing
  const isEmpty = (): boolean => waiting.size === 0 && read.length === 0 && !isWorking()

  function pump(): void {
    if (closed || paused) {
      settle()
      return
    }
    if (reading === undefined && isRoomAhead()) startReading()
    if (indexing === undefined && !finishing && read.length > 0) startIndexing()
    if (waiting.size === 0 && read.length === 0 && !isWorking() && changedSinceFinish) finish()
    settle()
  }

  /** Lets go whoever waits for an end. */
  function settle(): void {
    if (isEmpty()) count = createImportCount(now)
    tellSoon()
    if (isEmpty() || ((paused || closed) && !isWorking())) {
      for (const resolve of idleWaiters.splice(0)) resolve()
    }
  }

  function isRoomAhead(): boolean {
    const ahead = [...read, ...(indexing ?? [])]
    const chunks = ahead.reduce((sum, { file }) => sum + file.chunks, 0)
    return chunks < aheadChunks && read.length < aheadFiles
  }

  function startReading(): void {
    const next = waiting.entries().next()
    if (next.done === true) return
    const [id, bytes] = next.value
    waiting.delete(id)
    const current = { id, bytes }
    reading = current
    changedSinceFinish = true
    count.run()
    const { signal } = controller
    const work = steps
      .read(id, signal)
      .then(
        (outcome) => {
          if (outcome.kind === 'finished') count.finish([bytes], outcome.failed ? 1 : 0)
          else if (signal.aborted) return steps.discard([outcome.file])
          else read.push({ file: outcome.file, bytes })
        },
        (error: unknown) => onFailure(error, [current]),
      )
      .catch((error: unknown) => logger.error('reading went wrong', error))
      .finally(() => {
        working.delete(work)
        reading = undefined
        pump()
      })
    working.add(work)
  }

  function takeGroup(): typeof read {
    const group: typeof read = []
    let chunks = 0
    while (
      read[0] !== undefined &&
      (group.length === 0 || chunks + read[0].file.chunks <= groupChunks)
    ) {
      const [first] = read.splice(0, 1)
      if (first === undefined) break
      group.push(first)
      chunks += first.file.chunks
    }
    return group
  }

  function startIndexing(): void {
    const group = takeGroup()
    indexing = group
    indexed = 0
    const { signal } = controller
    const hold: IndexHold = {
      signal,
      unpaused: () =>
        paused && !signal.aborted
          ? new Promise((resolve) => unpauseWaiters.push(resolve))
          : Promise.resolve(),
      onFraction: (done) => {
        indexed = done
        tellSoon()
      },
    }
    const ids = group.map(({ file, bytes }) => ({ id: file.id, bytes }))
    const work = steps
      .index(
        group.map(({ file }) => file),
        hold,
      )
      .then(
        ({ failed }) =>
          count.finish(
            group.map(({ bytes }) => bytes),
            failed,
          ),
        (error: unknown) => onFailure(error, ids),
      )
      .catch((error: unknown) => logger.error('indexing went wrong', error))
      .finally(() => {
        working.delete(work)
        indexing = undefined
        pump()
      })
    working.add(work)
  }

  /** Files that could not go on for no fault of theirs go back to the head of the queue. */
  function onFailure(error: unknown, files: readonly QueuedFile[]): void {
    if (isCancelled(error)) return
    if (error instanceof AppError && error.code === 'disk-full') {
      const rest = [...waiting]
      waiting.clear()
      for (const { id, bytes } of files) waiting.set(id, bytes)
      for (const [id, bytes] of rest) waiting.set(id, bytes)
      if (!paused) onDiskFull(error)
      pause()
      return
    }
    logger.error('an import step failed', error)
    count.finish(
      files.map(({ bytes }) => bytes),
      files.length,
    )
  }

  function finish(): void {
    finishing = true
    changedSinceFinish = false
    steps
      .finish()
      .catch((error: unknown) => logger.error('finishing an import went wrong', error))
      .finally(() => {
        finishing = false
        pump()
      })
  }

  function pause(): void {
    paused = true
    count.pause()
    settle()
  }

  function wakePaused(): void {
    for (const resolve of unpauseWaiters.splice(0)) resolve()
  }

  function tellSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      const current = progress()
      for (const listener of listeners) listener(current)
    }, tellEveryMs)
  }

  function progress(): ImportProgress {
    const current = indexing?.[0]?.file.id ?? reading?.id
    return count.progress({
      untouched: [
        ...waiting.values(),
        ...read.map(({ bytes }) => bytes),
        ...(reading === undefined ? [] : [reading.bytes]),
      ],
      indexing: (indexing ?? []).map(({ bytes }) => bytes),
      indexed,
      current: current === undefined ? null : nameOf(current),
      paused,
    })
  }

  return {
    add(files) {
      for (const { id, bytes } of files) waiting.set(id, bytes)
      pump()
    },
    pause,
    resume() {
      paused = false
      wakePaused()
      pump()
    },
    async cancel() {
      const dropped = read.map(({ file }) => file)
      waiting.clear()
      read = []
      controller.abort()
      controller = new AbortController()
      wakePaused()
      paused = false
      await Promise.all(working)
      await steps.discard(dropped)
      pump()
    },
    forget(ids) {
      for (const id of ids) waiting.delete(id)
      pump()
    },
    progress,
    onProgress(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    idle: () =>
      new Promise((resolve) => {
        idleWaiters.push(resolve)
        pump()
      }),
    async close() {
      closed = true
      controller.abort()
      wakePaused()
      await new Promise<void>((resolve) => {
        idleWaiters.push(resolve)
        settle()
      })
      clearTimeout(timer)
      timer = undefined
    },
  }
}
