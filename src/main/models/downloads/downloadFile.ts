import { setTimeout as delay } from 'node:timers/promises'
import { AppError, throwIfAborted } from '../../../shared/errors.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import { interruptedTooOften, Interrupted } from './downloadErrors.ts'
import type { HttpAnswer, HttpSource } from './httpSource.ts'
import { openPartial, type PartialFile, type PartialSource } from './partialFile.ts'

export interface FileRequest {
  readonly url: string
  /** Path of the file while it is incomplete. */
  readonly file: string
  /** Its size according to the catalogue; null if unknown. */
  readonly sizeBytes: number | null
}

export interface FileProgress {
  /** Called before any of the file is written, with its length and the bytes still to come. */
  readonly onTotal: (bytes: number, missingBytes: number) => Promise<void>
  readonly onBytes: (doneBytes: number) => void
  /** Called when the connection broke and a retry follows. */
  readonly onInterrupted: (reason: string) => void
  /** Receives a sentence if earlier progress can't be resumed. */
  readonly onNotice: Notice
}

/**
 * Milliseconds to wait after each consecutive interruption without progress; after the last one it
 * fails.
 */
export const defaultWaitsMs = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 30_000]

const saveEveryMs = 2_000
/** Fails after this many changes of the file at its host. */
const mostChanges = 2

/**
 * Downloads a file over one connection, and resumes where an earlier call ended. Written here and
 * not with ipull, which waits endlessly for a host that has stopped sending, ends the process with
 * unhandled rejections on a full disk, and ignores partial writes.
 *
 * @param waitsMs milliseconds to wait after each consecutive interruption without progress.
 * @returns the publisher's SHA-256 if the host sent it.
 * @throws AppError with a sentence; the bytes received so far are kept. `cancelled` when the signal
 * is aborted.
 */
export async function downloadFile(
  request: FileRequest,
  source: HttpSource,
  progress: FileProgress,
  waitsMs: readonly number[],
  signal: AbortSignal,
): Promise<{ readonly sha256: string | null }> {
  const partial = await openPartial(request.file, request.url, progress.onNotice)
  try {
    let retry = createRetry(waitsMs, progress.onInterrupted)
    if (partial.source !== null) await tellTotal(partial, partial.source, progress)
    let changes = 0
    while (partial.doneBytes !== partial.source?.totalBytes) {
      try {
        const wanted = { from: partial.doneBytes, etag: partial.source?.etag ?? null }
        const answer = await source.open(request.url, wanted, signal)
        if ((await receive(answer, partial, { request, progress, retry })) === 'received') continue
        changes += 1
        if (changes > mostChanges) throw keepsChanging()
        retry = createRetry(waitsMs, progress.onInterrupted)
      } catch (error) {
        await retry.after(error, signal)
      }
    }
    return { sha256: partial.source.sha256 }
  } finally {
    await partial.close()
  }
}

/**
 * Writes a host's response. A response that doesn't continue the file restarts it.
 *
 * @returns `changed` if the file at the host has changed; nothing is written then.
 * @throws `Interrupted` if the connection breaks.
 */
async function receive(
  answer: HttpAnswer,
  partial: PartialFile,
  to: { readonly request: FileRequest; readonly progress: FileProgress; readonly retry: Retry },
): Promise<'received' | 'changed'> {
  try {
    const { source: begun } = partial
    const version = versionOf(answer, to.request)
    const changed = begun !== null && !isSame(begun, version)
    if (changed || begun === null || answer.from !== partial.doneBytes) {
      await partial.begin(version)
      await tellTotal(partial, version, to.progress)
    }
    if (changed) return 'changed'
    await append(answer.body, partial, version.totalBytes, (doneBytes) => {
      to.retry.arrived(doneBytes)
      to.progress.onBytes(doneBytes)
    })
    return 'received'
  } finally {
    answer.close()
  }
}

async function append(
  body: HttpAnswer['body'],
  partial: PartialFile,
  totalBytes: number,
  onBytes: (doneBytes: number) => void,
): Promise<void> {
  let savedAt = performance.now()
  for await (const bytes of body) {
    await partial.append(bytes.subarray(0, totalBytes - partial.doneBytes))
    onBytes(partial.doneBytes)
    if (partial.doneBytes === totalBytes) return
    if (performance.now() - savedAt <= saveEveryMs) continue
    await partial.save()
    savedAt = performance.now()
  }
  throw new Interrupted('the file ended too early')
}

/** @throws AppError if the host sends no length, or another one than the catalogue's. */
function versionOf({ totalBytes, etag, sha256 }: HttpAnswer, request: FileRequest): PartialSource {
  const { url, sizeBytes } = request
  const { host } = new URL(url)
  if (totalBytes === null || totalBytes === 0) {
    throw new AppError(
      'invalid-input',
      `${host} doesn't say how long the file is. Download it with your browser, then add it here.`,
    )
  }
  if (sizeBytes !== null && totalBytes !== sizeBytes) {
    throw new AppError(
      'model-load-failed',
      `${host} offers ${String(totalBytes)} bytes where the catalogue says ${String(sizeBytes)}: this is another file, so it wasn't downloaded.`,
    )
  }
  return { url, totalBytes, etag, sha256 }
}

/** Without an ETag only the length shows that the file has changed. */
function isSame(begun: PartialSource, now: PartialSource): boolean {
  const agree = (one: string | null, other: string | null): boolean =>
    one === null || other === null || one === other
  return (
    begun.totalBytes === now.totalBytes &&
    agree(begun.etag, now.etag) &&
    agree(begun.sha256, now.sha256)
  )
}

async function tellTotal(
  { doneBytes }: PartialFile,
  { totalBytes }: PartialSource,
  { onTotal, onBytes }: FileProgress,
): Promise<void> {
  await onTotal(totalBytes, totalBytes - doneBytes)
  onBytes(doneBytes)
}

function keepsChanging(): AppError {
  return new AppError(
    'model-load-failed',
    'The file keeps changing at its host while it is downloaded. Try again later.',
  )
}

interface Retry {
  /** Progress resets the count of interruptions. */
  arrived(doneBytes: number): void
  /** Waits before a retry; throws errors for which a retry doesn't help. */
  after(error: unknown, signal: AbortSignal): Promise<void>
}

function createRetry(
  waitsMs: readonly number[],
  onInterrupted: FileProgress['onInterrupted'],
): Retry {
  let inARow = 0
  let furthest = 0
  return {
    arrived(doneBytes) {
      if (doneBytes <= furthest) return
      furthest = doneBytes
      inARow = 0
    },
    async after(error, signal) {
      throwIfAborted(signal)
      if (!(error instanceof Interrupted)) throw error
      const waitMs = waitsMs[inARow]
      if (waitMs === undefined) throw interruptedTooOften(error)
      inARow += 1
      onInterrupted(error.reason)
      await delay(waitMs, undefined, { signal })
    },
  }
}
