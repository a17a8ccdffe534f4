import { z } from 'zod'
import type { ImportItem } from '../../../shared/contract/documents.ts'
import { readableExtensions } from '../../../shared/domain/formats.ts'
import { AppError, errorCodes, fromWire, throwIfAborted } from '../../../shared/errors.ts'
import type { Bridge } from './bridge.ts'

/** Progress of uploading files to the core. */
export interface UploadProgress {
  readonly total: number
  readonly done: number
  /** Name of the file being uploaded. */
  readonly current: string | null
}

export interface ToItemsOptions {
  readonly signal: AbortSignal
  readonly onProgress: (progress: UploadProgress) => void
}

export interface Picked {
  readonly items: readonly ImportItem[]
  /** Number of files in unsupported formats. */
  readonly skipped: number
}

/** Turns dropped or chosen files into items that the core can import. */
export interface FileSource {
  /** Reads the drop synchronously, because the browser clears it after the event. */
  takeDrop(data: DataTransfer): PendingFiles
  takeFiles(files: Iterable<File>): PendingFiles
  /** Path of a file; null in a browser, which doesn't reveal it. */
  pathOf(file: File): string | null
}

export interface PendingFiles {
  /** Number of dropped or chosen files and folders, not counting those in folders. */
  readonly count: number
  toItems(options: ToItemsOptions): Promise<Picked>
}

export interface BrowserFileSourceOptions {
  readonly token: string
}

const atOnce = 3
const uploadAnswer = z.object({ upload: z.string() })
const uploadRefusal = z.object({
  error: z.object({ code: z.enum(errorCodes), message: z.string() }),
})

/** For the desktop app: the core reads files by their paths, and walks folders itself. */
export function createElectronFileSource(bridge: Pick<Bridge, 'pathForFile'>): FileSource {
  function take(files: readonly File[]): PendingFiles {
    const paths = files.map((file) => bridge.pathForFile(file)).filter((path) => path !== '')
    return {
      count: files.length,
      toItems: () =>
        Promise.resolve({
          items: paths.map((path) => ({ path })),
          skipped: files.length - paths.length,
        }),
    }
  }
  return {
    takeDrop: (data) => take([...data.files]),
    takeFiles: (files) => take([...files]),
    pathOf: (file) => bridge.pathForFile(file) || null,
  }
}

/** For a browser, where files have no path: their bytes are uploaded to the loopback server. */
export function createBrowserFileSource(options: BrowserFileSourceOptions): FileSource {
  function pending(count: number, collect: () => Promise<readonly File[]>): PendingFiles {
    return {
      count,
      async toItems({ signal, onProgress }) {
        const found = await collect()
        throwIfAborted(signal)
        const known = found.filter((file) => isReadable(file.name))
        // A single file is imported even in an unsupported format, so that its row shows the
        // reason. In folders such files are skipped.
        const files = count === found.length ? found : known
        const items = await uploadAll(files, options.token, signal, onProgress)
        return { items, skipped: found.length - files.length }
      },
    }
  }
  return {
    takeDrop(data) {
      const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
      return pending(entries.length, () => walk(entries))
    },
    takeFiles(files) {
      const list = [...files]
      const folder = list.some((file) => file.webkitRelativePath !== '')
      return pending(folder ? 1 : list.length, () => Promise.resolve(list))
    },
    pathOf: () => null,
  }
}

function isReadable(name: string): boolean {
  const extension = /\.([^.]+)$/u.exec(name)?.[1] ?? ''
  return readableExtensions.has(extension.toLowerCase())
}

async function uploadAll(
  files: readonly File[],
  token: string,
  signal: AbortSignal,
  onProgress: (progress: UploadProgress) => void,
): Promise<readonly ImportItem[]> {
  const items: ImportItem[] = []
  const waiting = [...files]
  let done = 0
  async function worker(): Promise<void> {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      onProgress({ total: files.length, done, current: file.name })
      items.push(await upload(file, token, signal))
      done += 1
      onProgress({ total: files.length, done, current: file.name })
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, files.length) }, worker))
  return items
}

async function upload(file: File, token: string, signal: AbortSignal): Promise<ImportItem> {
  const query = new URLSearchParams({ name: file.name, ...(token !== '' && { token }) })
  const response = await fetch(`upload?${query.toString()}`, { method: 'POST', body: file, signal })
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) {
    const refusal = uploadRefusal.safeParse(answer)
    if (refusal.success) throw fromWire(refusal.data.error)
    throw new AppError(
      'document-unreadable',
      `${file.name} could not be handed over. Check that it still exists and try again.`,
    )
  }
  return { upload: uploadAnswer.parse(answer).upload, name: file.name }
}

async function walk(entries: readonly FileSystemEntry[]): Promise<readonly File[]> {
  const files: File[] = []
  for (const entry of entries) {
    if (isFile(entry)) files.push(await fileOf(entry))
    else if (isDirectory(entry)) files.push(...(await walk(await childrenOf(entry))))
  }
  return files
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

async function childrenOf(entry: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = entry.createReader()
  const children: FileSystemEntry[] = []
  // A reader returns at most a hundred entries per call, and an empty batch at the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (batch.length === 0) return children
    children.push(...batch)
  }
}
