import type { PageProgress } from '../../../shared/contract/documents.ts'
import type { Logger } from '../../disk/logger.ts'
import { createStage } from '../../flow/stage.ts'
import type { ImportCount } from './importCount.ts'
import type { ImportSteps } from './importWork.ts'
import type { Read } from './readAhead.ts'
import type { QueuedFile, WaitingFiles } from './waitingFiles.ts'

export interface FileReadersOptions {
  readonly steps: Pick<ImportSteps, 'read' | 'discard'>
  /** Number of files that are read at the same time. */
  readonly atOnce: number
  readonly waiting: Pick<WaitingFiles, 'add' | 'isEmpty' | 'takeFirst'>
  readonly count: Pick<ImportCount, 'finish'>
  readonly logger: Pick<Logger, 'error'>
  readonly onRead: (read: Read) => void
  readonly onFailure: (error: unknown, files: readonly QueuedFile[]) => void
  readonly onProgress: () => void
  /** Called when a file was read and another one may be. */
  readonly onStepEnd: () => void
}

/** Reads waiting files, several at the same time. */
export interface FileReaders {
  /** Starts to read the next file. @returns whether a reader and a file for it were free. */
  beginNext(signal: AbortSignal): boolean
  /** The files that are being read. */
  current(): readonly QueuedFile[]
  /** Progress within one of them. */
  page(): PageProgress | null
  /** Resolves when the current files were read. */
  ended(): Promise<void>
}

/** Larger files never take the last free reader, so that they don't delay the small ones. */
const smallBytes = 1024 * 1024

export function createFileReaders(options: FileReadersOptions): FileReaders {
  const { waiting, atOnce } = options
  const readers = Array.from({ length: atOnce }, () => createReader(options))

  const current = (): readonly QueuedFile[] => readers.flatMap((one) => one.current() ?? [])

  return {
    beginNext(signal) {
      const free = readers.filter((one) => one.current() === undefined)
      const [reader] = free
      if (reader === undefined) return false
      const anySize = free.length > 1 || atOnce === 1 || current().some(isSmall)
      const next = waiting.takeFirst((file) => anySize || isSmall(file))
      if (next === undefined) return false
      const othersWait = next.isSlow !== true && !waiting.isEmpty()
      reader.begin(next, othersWait, signal)
      return true
    },
    current,
    page: () => readers.map((one) => one.page()).find((page) => page !== null) ?? null,
    async ended() {
      await Promise.all(readers.map((one) => one.ended()))
    },
  }
}

function isSmall({ bytes }: QueuedFile): boolean {
  return bytes <= smallBytes
}

/** Reads one file at a time. */
function createReader(options: FileReadersOptions) {
  const { steps, count, waiting, logger, onRead, onFailure, onProgress, onStepEnd } = options
  /** Progress of the file that is being read. */
  let page: PageProgress | null = null
  const stage = createStage<QueuedFile>(
    (error) => logger.error('reading went wrong', error),
    () => {
      page = null
      onStepEnd()
    },
  )

  async function read(file: QueuedFile, othersWait: boolean, signal: AbortSignal): Promise<void> {
    const { id, bytes } = file
    const onPage = (at: Omit<PageProgress, 'document'>): void => {
      page = { document: id, ...at }
      onProgress()
    }
    try {
      const outcome = await steps.read(id, { signal, onPage, othersWait })
      if (outcome.kind === 'put-off') {
        if (!signal.aborted) waiting.add([{ ...file, isSlow: true }])
      } else if (outcome.kind === 'finished') count.finish([bytes], outcome.failed ? 1 : 0)
      else if (signal.aborted) await steps.discard([outcome.file])
      else onRead({ file: outcome.file, bytes })
    } catch (error) {
      onFailure(error, [file])
    }
  }

  return {
    current: stage.current,
    ended: stage.ended,
    page: () => page,
    begin(file: QueuedFile, othersWait: boolean, signal: AbortSignal) {
      stage.start(file, () => read(file, othersWait, signal))
    },
  }
}
