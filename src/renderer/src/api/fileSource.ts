import { z } from 'zod'
import type { ImportItem } from '../../../shared/contract/documents.ts'
import { readableExtensions } from '../../../shared/domain/formats.ts'
import { AppError, errorCodes, fromWire, throwIfAborted } from '../../../shared/errors.ts'
import type { Bridge } from './bridge.ts'

/** How far the copying of chosen files to the core has come. */
export interface UploadProgress {
  readonly total: number
  readonly done: number
  /** Name of the file on its way. */
  readonly current: string | null
}

export interface ToItemsOptions {
  readonly signal: AbortSignal
  readonly onProgress: (progress: UploadProgress) => void
}

export interface Picked {
  readonly items: readonly ImportItem[]
  /** Files of kinds that Penknife does not read. */
  readonly skipped: number
}

/** Turns what a person drops or chooses into items that the core can import. */
export interface FileSource {
  /** Reads the drop at once, because the browser forgets it after the event. */
  takeDrop(data: DataTransfer): PendingFiles
  takeFiles(files: Iterable<File>): PendingFiles
  /** Where a file lies; null in a browser, which does not tell. */
  pathOf(file: File): string | null
}

export interface PendingFiles {
  /** How many files and folders were handed over at the top. */
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

/** In the desktop app the core reads files where they lie; folders it walks itself. */
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

/** In a browser files have no path: their bytes are sent to the loopback server, which keeps them. */
export function createBrowserFileSource(options: BrowserFileSourceOptions): FileSource {
  function pending(count: number, collect: () => Promise<readonly File[]>): PendingFiles {
    return {
      count,
      async toItems({ signal, onProgress }) {
        const found = await collect()
        throwIfAborted(signal)
        const known = found.filter((file) => isReadable(file.name))
        // A file that was handed over by itself goes to the ledger even if its kind is unknown: its
        // row says why it cannot be read. Inside folders such files are simply left out.
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
  // A reader hands out at most a hundred at a time, and an empty batch at the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (batch.length === 0) return children
    children.push(...batch)
  }
}
