import { open, rm, type FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { readJsonFile, writeJsonFile } from '../../disk/jsonFile.ts'
import { writeError } from './downloadErrors.ts'

/** Bytes that one request asks for. */
export const pieceBytes = 16 * 1024 * 1024

const record = z.object({
  version: z.literal(1),
  url: z.string(),
  totalBytes: z.number().int().positive(),
  etag: z.string().nullable(),
  sha256: z.string().nullable(),
  /** Bytes that have arrived of each piece. */
  pieces: z.array(z.number().int().nonnegative()),
})

/** What is known of a file that is being fetched. */
export interface PartialSource {
  readonly url: string
  readonly totalBytes: number
  readonly etag: string | null
  readonly sha256: string | null
}

/** A file that arrives in pieces, with a record beside it of what is there. */
export interface PartialFile {
  readonly source: PartialSource
  doneBytes(): number
  /** Where each piece that is not complete goes on, and its end (exclusive). */
  missing(): readonly { readonly piece: number; readonly from: number; readonly end: number }[]
  /** @throws AppError `disk-full`, `permission-denied`. */
  write(piece: number, at: number, bytes: Uint8Array): Promise<void>
  /** Records on the disk what has arrived. */
  save(): Promise<void>
  close(): Promise<void>
}

/** Goes on with a file that was begun from the same address, if there is one. */
export async function resumePartial(file: string, url: string): Promise<PartialFile | null> {
  const kept = await readJsonFile(recordOf(file), record, () => undefined)
  if (kept?.url !== url) return null
  const handle = await open(file, 'r+').catch(() => null)
  return handle === null ? null : withHandle(file, handle, kept, kept.pieces)
}

/** Begins anew. The space is not taken yet: a disk that fills up says so when it does. */
export async function beginPartial(file: string, source: PartialSource): Promise<PartialFile> {
  await forgetRecord(file)
  const handle = await open(file, 'w+').catch((error: unknown) => {
    throw writeError(error)
  })
  const pieces = Array.from({ length: Math.ceil(source.totalBytes / pieceBytes) }, () => 0)
  return withHandle(file, handle, source, pieces)
}

export async function removePartial(file: string): Promise<void> {
  await rm(file, { force: true })
  await rm(recordOf(file), { force: true })
}

export async function forgetRecord(file: string): Promise<void> {
  await rm(recordOf(file), { force: true })
}

function withHandle(
  file: string,
  handle: FileHandle,
  { url, totalBytes, etag, sha256 }: PartialSource,
  pieces: number[],
): PartialFile {
  const source = { url, totalBytes, etag, sha256 }
  const lengthOf = (piece: number): number => Math.min(pieceBytes, totalBytes - piece * pieceBytes)

  return {
    source,
    doneBytes: () => pieces.reduce((sum, one) => sum + one, 0),
    missing: () =>
      pieces.flatMap((done, piece) => {
        const start = piece * pieceBytes
        if (done >= lengthOf(piece)) return []
        return [{ piece, from: start + done, end: start + lengthOf(piece) }]
      }),
    async write(piece, at, bytes) {
      try {
        for (let done = 0; done < bytes.length;) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
          done += bytesWritten
          pieces[piece] = at + done - piece * pieceBytes
        }
      } catch (error) {
        throw writeError(error)
      }
    },
    async save() {
      try {
        // What the record says must be on the disk before the record is.
        await handle.datasync()
        await writeJsonFile(recordOf(file), { version: 1, ...source, pieces })
      } catch (error) {
        throw writeError(error)
      }
    },
    close: () => handle.close(),
  }
}

function recordOf(file: string): string {
  return `${file}.json`
}
