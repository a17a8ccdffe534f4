import { setTimeout as delay } from 'node:timers/promises'
import { AppError, isCancelled, throwIfAborted } from '../../../shared/errors.ts'
import { gaveUp, Interrupted, SourceChanged } from './downloadErrors.ts'
import type { HttpPart, HttpSource } from './httpSource.ts'
import { beginPartial, removePartial, resumePartial, type PartialFile } from './partialFile.ts'

export interface FileRequest {
  readonly url: string
  /** Where it is to lie until it is whole. */
  readonly file: string
  /** What the catalogue says of it, where it says something. */
  readonly sizeBytes: number | null
}

export interface FileProgress {
  /** Called before any of the file is fetched: its length, and how much of it has not arrived yet. */
  readonly onTotal: (bytes: number, missingBytes: number) => Promise<void>
  readonly onBytes: (doneBytes: number) => void
  /** The line broke and is tried again. */
  readonly onInterrupted: (reason: string) => void
}

export interface DownloadTuning {
  readonly connections: number
  /** Milliseconds to wait after each break in a row without a byte; then it is given up. */
  readonly waitsMs: readonly number[]
}

export const defaultTuning: DownloadTuning = {
  connections: 4,
  waitsMs: [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 30_000],
}

const saveEveryMs = 2_000
/** A file that changes at its host each time it is asked for cannot be had. */
const mostRestarts = 2

/**
 * Fetches a file into `file`, over several connections where the host allows, going on where an
 * earlier call ended. Written here and not with ipull, which waits for ever for a host that has
 * stopped sending, lets a full disk end the process with rejections that nobody handles, and
 * ignores how many bytes the system took.
 *
 * @returns the publisher's SHA-256 if the host told it.
 * @throws AppError with a sentence; what arrived is kept. `cancelled` when the signal is aborted.
 */
export async function downloadFile(
  request: FileRequest,
  source: HttpSource,
  progress: FileProgress,
  tuning: DownloadTuning,
  signal: AbortSignal,
): Promise<{ readonly sha256: string | null }> {
  for (let restarts = 0; ; restarts += 1) {
    try {
      return await fetchOnce(request, source, progress, tuning, signal)
    } catch (error) {
      if (!(error instanceof SourceChanged)) throw error
      if (restarts === mostRestarts) {
        throw new AppError(
          'model-load-failed',
          'The file changes at its host while it is being downloaded. Try again later.',
        )
      }
      await removePartial(request.file)
    }
  }
}

async function fetchOnce(
  request: FileRequest,
  source: HttpSource,
  progress: FileProgress,
  tuning: DownloadTuning,
  signal: AbortSignal,
): Promise<{ readonly sha256: string | null }> {
  const resumed = await resumePartial(request.file, request.url)
  if (resumed !== null) return fetchMissing(resumed, source, progress, tuning, signal)
  const retry = createRetry(tuning, progress)
  for (;;) {
    try {
      const first = await source.open(request.url, { from: 0, to: null, etag: null }, signal)
      return await begin(first, request, source, progress, tuning, retry, signal)
    } catch (error) {
      await retry.after(error, signal)
    }
  }
}

/** The first answer tells length and version; its body is the first piece, or all of it. */
async function begin(
  first: HttpPart,
  request: FileRequest,
  source: HttpSource,
  progress: FileProgress,
  tuning: DownloadTuning,
  retry: Retry,
  signal: AbortSignal,
): Promise<{ readonly sha256: string | null }> {
  const total = first.totalBytes
  if (total === null || total === 0) {
    throw new AppError(
      'invalid-input',
      `${new URL(request.url).host} does not tell how long the file is. Download it with your browser, then add it here.`,
    )
  }
  if (request.sizeBytes !== null && total !== request.sizeBytes) {
    throw new AppError(
      'model-load-failed',
      `${new URL(request.url).host} offers ${String(total)} bytes where the catalogue says ${String(request.sizeBytes)}: this is another file. Nothing was kept.`,
    )
  }
  const { etag, sha256, partial } = first
  const file = await beginPartial(request.file, {
    url: request.url,
    totalBytes: total,
    etag,
    sha256,
  })
  if (partial) {
    await file.save()
    await first.discard()
    return fetchMissing(file, source, progress, tuning, signal)
  }
  try {
    await progress.onTotal(total, total)
    await writeWhole(first, file, progress, retry)
    return { sha256 }
  } finally {
    await file.close()
  }
}

/** A host that sends only whole files: one connection, and from the start after a break. */
async function writeWhole(
  part: HttpPart,
  file: PartialFile,
  progress: FileProgress,
  retry: Retry,
): Promise<void> {
  let at = 0
  for await (const bytes of part.body) {
    for (const { piece, from, end } of file.missing()) {
      const wanted = bytes.subarray(from - at, end - at)
      if (from >= at + bytes.length || wanted.length === 0) break
      await file.write(piece, from, wanted)
    }
    at += bytes.length
    retry.reset()
    progress.onBytes(file.doneBytes())
  }
  if (file.missing().length > 0) throw new Interrupted('the file ended too early')
}

async function fetchMissing(
  file: PartialFile,
  source: HttpSource,
  progress: FileProgress,
  tuning: DownloadTuning,
  signal: AbortSignal,
): Promise<{ readonly sha256: string | null }> {
  const stopping = new AbortController()
  const either = AbortSignal.any([signal, stopping.signal])
  const waiting = [...file.missing()]
  let savedAt = Date.now()
  let saving: Promise<void> = Promise.resolve()

  async function work(): Promise<void> {
    const retry = createRetry(tuning, progress)
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await fetchPiece(next.piece, next.from, next.end, retry)
    }
  }

  async function fetchPiece(
    piece: number,
    start: number,
    end: number,
    retry: Retry,
  ): Promise<void> {
    let at = start
    while (at < end) {
      try {
        const { url, etag, totalBytes } = file.source
        const part = await source.open(url, { from: at, to: end - 1, etag }, either)
        // Without a version the length is all there is to tell another file by.
        if (!part.partial || part.totalBytes !== totalBytes) throw new SourceChanged()
        for await (const bytes of part.body) {
          const wanted = bytes.subarray(0, end - at)
          await file.write(piece, at, wanted)
          at += wanted.length
          retry.reset()
          progress.onBytes(file.doneBytes())
          if (at >= end) break
          if (Date.now() - savedAt > saveEveryMs) await saveNow()
        }
        if (at < end) throw new Interrupted('the connection ended too early')
      } catch (error) {
        await retry.after(error, either)
      }
    }
  }

  function saveNow(): Promise<void> {
    savedAt = Date.now()
    saving = saving.catch(() => undefined).then(() => file.save())
    return saving
  }

  try {
    const { totalBytes } = file.source
    await progress.onTotal(totalBytes, totalBytes - file.doneBytes())
    progress.onBytes(file.doneBytes())
    const workers = Array.from({ length: tuning.connections }, async () => {
      try {
        await work()
      } catch (error) {
        stopping.abort()
        throw error
      }
    })
    const results = [
      ...(await Promise.allSettled(workers)),
      ...(await Promise.allSettled([saveNow()])),
    ]
    throwIfAborted(signal)
    const reasons: readonly unknown[] = results.flatMap((one): readonly unknown[] =>
      one.status === 'rejected' ? [one.reason] : [],
    )
    // The one that failed made the others stop.
    const failed = reasons.find((reason) => !isCancelled(reason)) ?? reasons[0]
    if (failed instanceof Error) throw failed
    return { sha256: file.source.sha256 }
  } finally {
    await file.close()
  }
}

interface Retry {
  /** Something arrived: the next break is the first one again. */
  reset(): void
  /** Waits, or throws what cannot be mended by waiting. */
  after(error: unknown, signal: AbortSignal): Promise<void>
}

function createRetry({ waitsMs }: DownloadTuning, progress: FileProgress): Retry {
  let inARow = 0
  return {
    reset: () => void (inARow = 0),
    async after(error, signal) {
      throwIfAborted(signal)
      if (!(error instanceof Interrupted)) throw error
      const waitMs = waitsMs[inARow]
      if (waitMs === undefined) throw gaveUp(error)
      inARow += 1
      progress.onInterrupted(error.reason)
      await delay(waitMs, undefined, { signal })
    },
  }
}
