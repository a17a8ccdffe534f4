import { open, type FileHandle } from 'node:fs/promises'
import { toDisk } from '../disk/diskPath.ts'

/** An original that is open for reading, and how to present it. The caller closes the handle. */
export interface OpenOriginal {
  readonly handle: FileHandle
  readonly size: number
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Opens a document's original for the viewer. Only a file that starts like a PDF is served as one;
 * all others are attachments of type `application/octet-stream`, so that no browser renders them.
 *
 * @returns null if it is gone or isn't a file.
 */
export async function openOriginal(file: string): Promise<OpenOriginal | null> {
  let handle: FileHandle
  try {
    handle = await open(toDisk(file), 'r')
  } catch {
    // Moved, deleted or not readable: the viewer treats these alike.
    return null
  }
  const stat = await handle.stat()
  if (!stat.isFile()) {
    await handle.close()
    return null
  }
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0)
  const isPdf = buffer.subarray(0, bytesRead).includes('%PDF-')
  return {
    handle,
    size: stat.size,
    headers: isPdf
      ? { 'Content-Type': 'application/pdf' }
      : { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment' },
  }
}
