import type { Readable } from 'node:stream'
import { addAbortSignal } from 'node:stream'
import { AppError, invalidInput } from '../../shared/errors.ts'
import { defaultTableLimits } from '../parsing/parseLimits.ts'

/**
 * Reads standard input to its end. It can be read once, so that a second reader gets an error
 * instead of nothing.
 *
 * @throws AppError `invalid-input` for a terminal, where nothing would come; `document-too-large`.
 */
export function createInputReader(
  stream: Readable & { readonly isTTY?: boolean },
  signal: AbortSignal,
): (wanted: string) => Promise<Uint8Array> {
  let isTaken = false
  return async (wanted) => {
    if (isTaken)
      throw invalidInput('Standard input can be read once. Name a file for the other option.')
    isTaken = true
    if (stream.isTTY === true) {
      throw invalidInput(
        `There is nothing on standard input. Send the ${wanted} to it, as in “penknife … < FILE”, or name a file.`,
      )
    }
    return readAll(addAbortSignal(signal, stream))
  }
}

async function readAll(stream: Readable): Promise<Uint8Array> {
  const limit = defaultTableLimits.unpackedBytes
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > limit) {
      throw new AppError(
        'document-too-large',
        `Standard input has more than ${String(Math.floor(limit / 1024 / 1024))} MB. Split it into smaller files.`,
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
