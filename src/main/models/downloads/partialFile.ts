import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { CheckTask } from '../../disk/checkTask.ts'
import { derivedJsonCheck } from '../../disk/jsonFault.ts'
import { remove } from '../../disk/durableFile.ts'
import { readJsonFile, writeJsonFile, type Notice } from '../../disk/jsonFile.ts'
import { explainingWrites } from '../../disk/writeErrors.ts'

const source = z.object({
  url: z.string(),
  totalBytes: z.number().int().positive(),
  etag: z.string().nullable(),
  sha256: z.string().nullable(),
})

/** The host's data about a file when its download started. */
export type PartialSource = Readonly<z.infer<typeof source>>

const byteCount = z.number().int().nonnegative()
const record = z.discriminatedUnion('version', [
  source.extend({ version: z.literal(2), doneBytes: byteCount }),
  // Format up to version 0.1.0: the progress of each of several pieces.
  source.extend({ version: z.literal(1), pieces: z.array(byteCount) }),
])
const pieceBytes = 16 * 1024 * 1024

/** An incomplete file, written from its start, with a record of its progress beside it. */
export interface PartialFile {
  /** null before `begin`. */
  readonly source: PartialSource | null
  /** Number of bytes written. */
  readonly doneBytes: number
  /** Starts the file, or restarts it for another source. Doesn't allocate disk space. */
  begin(source: PartialSource): Promise<void>
  /** @throws AppError `disk-full`, `permission-denied`. */
  append(bytes: Uint8Array): Promise<void>
  /** Flushes the file, and records its length. @throws AppError as `append`. */
  save(): Promise<void>
  /** Saves, and closes the file even if that fails. @throws AppError as `append`. */
  close(): Promise<void>
}

/**
 * Opens an incomplete file, and continues where an earlier download of the same address ended.
 *
 * @param notice receives a sentence if earlier progress can't be continued.
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

/** Removes the record of a complete file. */
export async function forgetRecord(file: string): Promise<void> {
  await remove(recordOf(file))
}

/** The check of the record of an incomplete file. Without it the download begins again. */
export function partialCheck(name: string, file: string): CheckTask {
  return derivedJsonCheck(name, recordOf(file), record)
}

/** Number of bytes from the start without a gap. */
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
      // The bytes must be on the disk before the record that counts them.
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
