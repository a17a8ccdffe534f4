import { AppError, isCancelled } from '../../../shared/errors.ts'
import type { Logger } from '../../disk/logger.ts'
import type { Pause } from '../../flow/pause.ts'
import { createStage } from '../../flow/stage.ts'
import { createFileReaders } from './fileReaders.ts'
import type { ImportCount, LineState } from './importCount.ts'
import type { ImportSteps } from './importWork.ts'
import { createReadAhead, type Read } from './readAhead.ts'
import { createWaitingFiles, type QueuedFile } from './waitingFiles.ts'

export interface ImportLineOptions {
  readonly steps: ImportSteps
  /** Number of files that are read at the same time. */
  readonly atOnce: number
  readonly count: Pick<ImportCount, 'run' | 'finish'>
  /** Pauses a group while it is being indexed. */
  readonly pause: Pick<Pause, 'over'>
  readonly logger: Logger
  readonly onProgress: () => void
  /** Called when a step has ended and the next ones may start. */
  readonly onStepEnd: () => void
  /** Called when files were put back because the disk is full. */
  readonly onDiskFull: (error: AppError) => void
}

/**
 * The pipeline from the queue to the index. Files are read while one group of earlier files is
 * indexed.
 */
export interface ImportLine {
  add(files: readonly QueuedFile[]): void
  forget(ids: readonly string[]): void
  /** Starts every step that has work. */
  advance(): void
  isWorking(): boolean
  /** Whether nothing is waiting or in progress. */
  isEmpty(): boolean
  /** The state; `current` is the file's id. */
  state(): LineState
  /** Stops the steps and keeps waiting files. */
  stop(): void
  /** Stops the steps and drops waiting files; resolves when they have stopped. */
  clear(): Promise<void>
}

export function createImportLine(options: ImportLineOptions): ImportLine {
  const { steps, atOnce, count, logger, onProgress, onStepEnd } = options
  const waiting = createWaitingFiles()
  const ahead = createReadAhead()
  const onFailure = createFailures(options, waiting)
  const readers = createFileReaders({
    steps,
    atOnce,
    waiting,
    count,
    logger,
    onRead: ahead.add,
    onFailure,
    onProgress,
    onStepEnd,
  })
  const indexer = createIndexer(options, onFailure)
  const finisher = createStage<'finish'>(
    (error) => logger.error('finishing an import went wrong', error),
    onStepEnd,
  )
  let controller = new AbortController()
  let finished = true

  const isWorking = (): boolean =>
    readers.current().length > 0 ||
    [indexer, finisher].some((stage) => stage.current() !== undefined)
  const isEmpty = (): boolean => waiting.isEmpty() && ahead.size() === 0 && !isWorking()

  function readMore(signal: AbortSignal): void {
    while (ahead.hasRoom(indexer.current() ?? []) && readers.beginNext(signal)) {
      finished = false
      count.run()
    }
  }

  return {
    add: waiting.add,
    forget: waiting.forget,
    advance() {
      const { signal } = controller
      readMore(signal)
      const free = indexer.current() === undefined && finisher.current() === undefined
      if (free && ahead.size() > 0) indexer.begin(ahead.takeGroup(), signal)
      if (!isEmpty() || finished) return
      finished = true
      finisher.start('finish', () => steps.finish())
    },
    isWorking,
    isEmpty,
    state() {
      const group = indexer.current() ?? []
      const reading = readers.current()
      const page = readers.page()
      const readFiles = [...ahead.list(), ...reading]
      return {
        untouched: [...waiting.sizes(), ...readFiles.map(({ bytes }) => bytes)],
        indexing: group.map(({ bytes }) => bytes),
        indexed: indexer.fraction(),
        // Reading a file with many pages takes longer than indexing a group, so show that file
        // first.
        current: page?.document ?? group[0]?.file.id ?? reading[0]?.id ?? null,
        reading: page,
      }
    },
    stop: () => controller.abort(),
    async clear() {
      const dropped = ahead.takeAll()
      waiting.clear()
      controller.abort()
      controller = new AbortController()
      await Promise.all([readers.ended(), indexer.ended()])
      await steps.discard(dropped.map(({ file }) => file))
    },
  }
}

type OnFailure = (error: unknown, files: readonly QueuedFile[]) => void

function createIndexer(
  { steps, count, pause, logger, onProgress, onStepEnd }: ImportLineOptions,
  onFailure: OnFailure,
) {
  /** Progress of the group that is being indexed, 0 to 1. */
  let fraction = 0
  const stage = createStage<readonly Read[]>(
    (error) => logger.error('indexing went wrong', error),
    onStepEnd,
  )

  async function index(group: readonly Read[], signal: AbortSignal): Promise<void> {
    const files = group.map(({ file }) => file)
    try {
      const { failed } = await steps.index(files, {
        signal,
        unpaused: () => pause.over(signal),
        onFraction(done) {
          fraction = done
          onProgress()
        },
      })
      count.finish(
        group.map(({ bytes }) => bytes),
        failed,
      )
    } catch (error) {
      onFailure(
        error,
        group.map(({ file, bytes }) => ({ id: file.id, bytes })),
      )
    }
  }

  return {
    current: stage.current,
    ended: stage.ended,
    fraction: () => fraction,
    begin(group: readonly Read[], signal: AbortSignal) {
      fraction = 0
      stage.start(group, () => index(group, signal))
    },
  }
}

/** Handles files whose step failed as a whole. */
function createFailures(
  { count, logger, onDiskFull }: ImportLineOptions,
  waiting: Pick<ReturnType<typeof createWaitingFiles>, 'putBack'>,
): OnFailure {
  return (error, files) => {
    if (isCancelled(error)) return
    if (error instanceof AppError && error.code === 'disk-full') {
      // The disk is full: the files themselves are fine.
      waiting.putBack(files)
      onDiskFull(error)
      return
    }
    logger.error('an import step failed', error)
    count.finish(
      files.map(({ bytes }) => bytes),
      files.length,
    )
  }
}
