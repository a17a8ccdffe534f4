import { open } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { AppError } from '../../shared/errors.ts'
import { move, remove } from '../disk/durableFile.ts'
import { unfinishedUpload } from '../disk/paths.ts'
import { systemErrorCode } from '../disk/systemError.ts'
import { explainWrite } from '../disk/writeErrors.ts'

export interface Uploads {
  /** Chooses the file that an upload is written to, and the id that the import finds it by. */
  create(): Promise<{ readonly id: string; readonly file: string }>
}

export interface UploadLimits {
  readonly maxBytes: number
  /** Milliseconds without a byte after which an upload is aborted. */
  readonly idleMs: number
}

/**
 * Writes a request's body to a new upload. An incomplete upload is deleted.
 *
 * @returns the upload's id.
 * @throws AppError `document-too-large`, `timed-out`, `disk-full`, or `disconnected` when the
 * connection closed before the end.
 */
export async function receiveUpload(
  request: IncomingMessage,
  uploads: Uploads,
  limits: UploadLimits,
): Promise<string> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > limits.maxBytes) throw tooLarge(limits.maxBytes)
  const { id, file } = await uploads.create()
  const unfinished = `${file}${unfinishedUpload}`
  try {
    await writeBody(request, unfinished, limits)
    await move(unfinished, file)
    return id
  } catch (error) {
    // Where this fails too, the next start removes it.
    await remove(unfinished).catch(() => undefined)
    throw asAppError(error)
  }
}

async function writeBody(
  request: IncomingMessage,
  file: string,
  { maxBytes, idleMs }: UploadLimits,
): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  let received = 0
  const stalled = new Promise<never>((_, reject) => {
    request.setTimeout(idleMs, () => {
      reject(new AppError('timed-out', 'The upload stopped arriving. Drop the file again.'))
    })
  })
  // Nothing may wait for it when it rejects.
  stalled.catch(() => undefined)
  // On an early exit the stream is not destroyed: the response still needs its socket.
  const chunks = request.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      const next = await Promise.race([chunks.next(), stalled])
      if (next.done === true) break
      const bytes = next.value as Buffer
      received += bytes.length
      if (received > maxBytes) throw tooLarge(maxBytes)
      await handle.writeFile(bytes)
    }
  } finally {
    request.setTimeout(0)
    await handle.close()
  }
}

/**
 * Reads the rest of a refused body: a browser whose connection closes while it is still sending
 * doesn't read the response with the reason.
 */
export async function discardRest(request: IncomingMessage, idleMs: number): Promise<void> {
  request.setTimeout(idleMs, () => request.destroy())
  request.resume()
  await new Promise<void>((resolve) => {
    if (request.readableEnded || request.destroyed) resolve()
    request.once('close', resolve)
    request.once('end', resolve)
  })
}

function tooLarge(maxBytes: number): AppError {
  const limit = Math.floor(maxBytes / (1024 * 1024))
  return new AppError(
    'document-too-large',
    `The file is larger than ${String(limit)} MB. Split it, or import it from the command line.`,
  )
}

function asAppError(error: unknown): AppError {
  const explained = explainWrite(error)
  if (explained instanceof AppError) return explained
  const code = systemErrorCode(error)
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new AppError('disconnected', 'The window went away during the upload.')
  }
  return new AppError('internal', 'The upload could not be stored. The log has details.', {
    cause: error,
  })
}
