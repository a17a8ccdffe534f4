import type { ImportProgress } from '../../../shared/contract/documents.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Logger } from '../../disk/logger.ts'
import { createPause } from '../../flow/pause.ts'
import { createStateFeed } from '../../flow/stateFeed.ts'
import { createImportCount } from './importCount.ts'
import { createImportLine } from './importLine.ts'
import type { ImportSteps } from './importWork.ts'
import type { QueuedFile } from './waitingFiles.ts'

export interface ImportQueue {
  add(files: readonly QueuedFile[]): void
  readonly pause: () => void
  readonly resume: () => void
  /** Empties the queue and stops the current files; resolves when they have stopped. */
  cancel(): Promise<void>
  /** Removes single files. */
  readonly forget: (ids: readonly string[]) => void
  readonly progress: () => ImportProgress
  readonly onProgress: (listener: (progress: ImportProgress) => void) => () => void
  /** Resolves when the queue is empty, or paused because the disk is full. */
  readonly idle: () => Promise<void>
  close(): Promise<void>
}

export interface ImportQueueOptions {
  readonly steps: ImportSteps
  /** Number of files that are read at the same time. */
  readonly atOnce: number
  readonly logger: Logger
  /** Called when the queue was paused because the disk is full. */
  readonly onDiskFull: (error: AppError) => void
  readonly nameOf: (id: string) => string | null
  readonly now: () => number
}

/** The import queue: waiting files, the pipeline, and pausing. */
export function createImportQueue(options: ImportQueueOptions): ImportQueue {
  const { steps, atOnce, logger, nameOf, now } = options
  const count = createImportCount(now)
  const pausing = createPause()
  const feed = createStateFeed(progress)
  const idleWaiters: (() => void)[] = []
  let closed = false
  const line = createImportLine({
    steps,
    atOnce,
    count,
    pause: pausing,
    logger,
    onProgress: feed.notifySoon,
    onStepEnd: advance,
    onDiskFull(error) {
      if (!pausing.isOn()) options.onDiskFull(error)
      pause()
    },
  })

  function advance(): void {
    if (!closed && !pausing.isOn()) line.advance()
    if (line.isEmpty()) count.restart()
    feed.notifySoon()
    resolveIdle()
  }

  function resolveIdle(): void {
    const held = (pausing.isOn() || closed) && !line.isWorking()
    if (!line.isEmpty() && !held) return
    for (const resolve of idleWaiters.splice(0)) resolve()
  }

  function pause(): void {
    pausing.begin()
    count.pause()
    advance()
  }

  function progress(): ImportProgress {
    const state = line.state()
    const current = state.current === null ? null : nameOf(state.current)
    return count.progress({ ...state, current, paused: pausing.isOn() })
  }

  function idle(): Promise<void> {
    return new Promise((resolve) => {
      idleWaiters.push(resolve)
      advance()
    })
  }

  return {
    add(files) {
      line.add(files)
      advance()
    },
    pause,
    resume() {
      pausing.end()
      advance()
    },
    async cancel() {
      const cleared = line.clear()
      pausing.end()
      await cleared
      advance()
    },
    forget(ids) {
      line.forget(ids)
      advance()
    },
    progress,
    onProgress: feed.on,
    idle,
    async close() {
      closed = true
      line.stop()
      await idle()
      feed.close()
    },
  }
}
