import { constants } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { readJsonFile, writeJsonFile, type Notice } from '../../disk/jsonFile.ts'
import { explainingWrites } from '../../disk/writeErrors.ts'

const source = z.object({
  url: z.string(),
  totalBytes: z.number().int().positive(),
  etag: z.string().nullable(),
  sha256: z.string().nullable(),
})

/** What the host said of a file when it was begun. */
export type PartialSource = Readonly<z.infer<typeof source>>

const byteCount = z.number().int().nonnegative()
const record = z.discriminatedUnion('version', [
  source.extend({ version: z.literal(2), doneBytes: byteCount }),
  // Written until 0.1.0: how much had arrived of each piece, when several were fetched at once.
  source.extend({ version: z.literal(1), pieces: z.array(byteCount) }),
])
const pieceBytes = 16 * 1024 * 1024

/** A file that arrives from its beginning, with a record beside it of how far it is on the disk. */
export interface PartialFile {
  /** null before it is begun. */
  readonly source: PartialSource | null
  /** Bytes that are there, from the beginning. */
  readonly doneBytes: number
  /** Begins the file, or begins it again as another one. The disk's room is not taken yet. */
  begin(source: PartialSource): Promise<void>
  /** @throws AppError `disk-full`, `permission-denied`. */
  append(bytes: Uint8Array): Promise<void>
  /** Records on the disk what has arrived. @throws AppError as `append`. */
  save(): Promise<void>
  /** Saves, and closes the file even if that fails. @throws AppError as `append`. */
  close(): Promise<void>
}

/**
 * Opens a file to be fetched, and continues where an earlier call from the same address ended.
 *
 * @param notice is told, in a sentence, if what arrived can't be continued.
 * @throws AppError `disk-full`, `permission-denied`.
 */
export async function openPartial(file: string, url: string, notice: Notice): Promise<PartialFile> {
  const kept = await readJsonFile(recordOf(file), record, () =>
    notice(
      `What had arrived of ${path.basename(file)} can't be resumed: the record of it can't be read. The download starts from the beginning.`,
    ),
  )
  const handle = await explainingWrites(() => open(file, constants.O_RDWR | constants.O_CREAT))
  if (kept?.url !== url) return withHandle(file, handle, null, 0)
  const { size } = await handle.stat()
  return withHandle(file, handle, source.parse(kept), Math.min(size, arrived(kept)))
}

/** Removes the record of a file that is whole. */
export async function forgetRecord(file: string): Promise<void> {
  await rm(recordOf(file), { force: true })
}

/** Bytes without a gap from the beginning. */
function arrived(kept: z.infer<typeof record>): number {
  if (kept.version === 2) return Math.min(kept.doneBytes, kept.totalBytes)
  const cut = kept.pieces.findIndex((bytes) => bytes < pieceBytes)
  if (cut === -1) return kept.totalBytes
  return Math.min(cut * pieceBytes + (kept.pieces[cut] ?? 0), kept.totalBytes)
}

function withHandle(
  file: string,
  handle: FileHandle,
  known: PartialSource | null,
  done: number,
): PartialFile {
  let current = known
  let doneBytes = done

  async function save(): Promise<void> {
    if (current === null) return
    await explainingWrites(async () => {
      // What the record says must be on the disk before the record is.
      await handle.datasync()
      await writeJsonFile(recordOf(file), { version: 2, ...current, doneBytes })
    })
  }

  return {
    get source() {
      return current
    },
    get doneBytes() {
      return doneBytes
    },
    async begin(next) {
      await explainingWrites(async () => {
        await forgetRecord(file)
        await handle.truncate(0)
      })
      current = next
      doneBytes = 0
    },
    append: (bytes) =>
      explainingWrites(async () => {
        for (let at = 0; at < bytes.length;) {
          const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, doneBytes)
          at += bytesWritten
          doneBytes += bytesWritten
        }
      }),
    save,
    async close() {
      try {
        await save()
      } finally {
        await handle.close()
      }
    },
  }
}

function recordOf(file: string): string {
  return `${file}.json`
}
