import type { ImportProgress, PageProgress } from '../../../shared/contract/documents.ts'
import { AppError, isCancelled } from '../../../shared/errors.ts'
import type { Logger } from '../../disk/logger.ts'
import { createStateFeed } from '../../flow/stateFeed.ts'
import { createImportCount } from './importCount.ts'
import type { ImportSteps, IndexHold, OnPage, ReadFile } from './importWork.ts'
import { createReadAhead, type Read } from './readAhead.ts'

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

/** Reads the next file while the one before is indexed. One file is read and one group indexed at a time. */
export function createImportQueue<R extends ReadFile>({
  steps,
  logger,
  onDiskFull,
  nameOf,
  now,
}: ImportQueueOptions<R>): ImportQueue {
  const waiting = new Map<string, number>()
  let reading: QueuedFile | undefined
  /** How far the file that is being read has come. */
  let page: PageProgress | null = null
  const read = createReadAhead<R>()
  let indexing: readonly Read<R>[] | undefined
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
  const feed = createStateFeed(progress)

  const isWorking = (): boolean => reading !== undefined || indexing !== undefined || finishing
  const isEmpty = (): boolean => waiting.size === 0 && read.size() === 0 && !isWorking()

  function pump(): void {
    if (closed || paused) {
      settle()
      return
    }
    if (reading === undefined && read.hasRoom(indexing ?? [])) startReading()
    if (indexing === undefined && !finishing && read.size() > 0) startIndexing()
    if (waiting.size === 0 && read.size() === 0 && !isWorking() && changedSinceFinish) finish()
    settle()
  }

  /** Lets go whoever waits for an end. */
  function settle(): void {
    if (isEmpty()) count = createImportCount(now)
    feed.tellSoon()
    if (isEmpty() || ((paused || closed) && !isWorking())) {
      for (const resolve of idleWaiters.splice(0)) resolve()
    }
  }

  function startReading(): void {
    const next = waiting.entries().next()
    if (next.done === true) return
    const [id, bytes] = next.value
    waiting.delete(id)
    const current = { id, bytes }
    reading = current
    page = null
    const onPage: OnPage = (at) => {
      page = { document: id, ...at }
      feed.tellSoon()
    }
    changedSinceFinish = true
    count.run()
    const { signal } = controller
    const work = steps
      .read(id, onPage, signal)
      .then(
        (outcome) => {
          if (outcome.kind === 'finished') count.finish([bytes], outcome.failed ? 1 : 0)
          else if (signal.aborted) return steps.discard([outcome.file])
          else read.add({ file: outcome.file, bytes })
        },
        (error: unknown) => onFailure(error, [current]),
      )
      .catch((error: unknown) => logger.error('reading went wrong', error))
      .finally(() => {
        working.delete(work)
        reading = undefined
        page = null
        pump()
      })
    working.add(work)
  }

  function startIndexing(): void {
    const group = read.takeGroup()
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
        feed.tellSoon()
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

  function progress(): ImportProgress {
    // A file of many pages is read for longer than a group is indexed: name what one waits for.
    const current = page?.document ?? indexing?.[0]?.file.id ?? reading?.id
    return count.progress({
      untouched: [
        ...waiting.values(),
        ...read.list().map(({ bytes }) => bytes),
        ...(reading === undefined ? [] : [reading.bytes]),
      ],
      indexing: (indexing ?? []).map(({ bytes }) => bytes),
      indexed,
      current: current === undefined ? null : nameOf(current),
      reading: page,
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
      const dropped = read.takeAll()
      waiting.clear()
      controller.abort()
      controller = new AbortController()
      wakePaused()
      paused = false
      await Promise.all(working)
      await steps.discard(dropped.map(({ file }) => file))
      pump()
    },
    forget(ids) {
      for (const id of ids) waiting.delete(id)
      pump()
    },
    progress,
    onProgress: feed.on,
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
      feed.close()
    },
  }
}
