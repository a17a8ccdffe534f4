import { open, type FileHandle } from 'node:fs/promises'

/** An original that is open for reading, and how to present it. The caller closes the handle. */
export interface OpenOriginal {
  readonly handle: FileHandle
  readonly size: number
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Opens a document's original for the viewer. Only what is a PDF by its bytes is called one;
 * everything else is an attachment of no type, so that no browser ever renders it.
 *
 * @returns null if it is gone or is no file.
 */
export async function openOriginal(file: string): Promise<OpenOriginal | null> {
  let handle: FileHandle
  try {
    handle = await open(file, 'r')
  } catch {
    // Moved, deleted or no longer readable: for the viewer all the same.
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
