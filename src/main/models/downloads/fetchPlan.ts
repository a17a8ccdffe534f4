import { stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { makeFolder, remove } from '../../disk/durableFile.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import { inspectModel } from '../../llm/gguf/modelFacts.ts'
import type { DownloadedFile } from '../modelsFile.ts'
import { checkRoom } from './diskRoom.ts'
import type { DownloadState } from './download.ts'
import { downloadFile, type FileProgress } from './downloadFile.ts'
import { fileOf, type DownloadPlan } from './downloadPlan.ts'
import type { HttpSource } from './httpSource.ts'
import { createTransferRate } from './transferRate.ts'
import { verifyFile } from './verifyFile.ts'

export interface FetchDeps {
  /** Folder of the files until they are complete. */
  readonly folder: string
  readonly source: HttpSource
  /** Milliseconds to wait after each consecutive interruption without progress. */
  readonly waitsMs: readonly number[]
  /** Bytes free on the disk; null if the system doesn't report it. */
  readonly freeBytes: () => Promise<number | null>
  readonly notice: Notice
}

/** Receives the progress of a plan. */
export interface FetchListener {
  readonly onState: (state: DownloadState) => void
  /** Called with the bytes of all files; null until all lengths are known. */
  readonly onTotal: (totalBytes: number | null) => void
  /** Called with the bytes of all files received so far. */
  readonly onBytes: (doneBytes: number) => void
}

/**
 * Downloads the files of a plan one after another, and verifies each with the catalogue's hash or,
 * if it has none, the host's.
 *
 * @returns what arrived, as it was verified.
 * @throws AppError with a sentence. Received bytes are kept, except a complete file with a wrong
 * hash.
 */
export async function fetchPlan(
  plan: DownloadPlan,
  deps: FetchDeps,
  listener: FetchListener,
  signal: AbortSignal,
): Promise<readonly DownloadedFile[]> {
  const bytes = createByteCount(plan, listener)
  const fetched: DownloadedFile[] = []
  for (const { name, url, sizeBytes, sha256 } of plan.files) {
    const file = fileOf(deps.folder, name)
    await makeFolder(path.dirname(file))
    const progress = progressOf(name, bytes, deps, listener)
    const { source, waitsMs } = deps
    const told = await downloadFile({ url, file, sizeBytes }, source, progress, waitsMs, signal)
    const hash = sha256 ?? told.sha256
    try {
      await checkFile(file, hash, bytes.total() ?? 1, listener.onState, signal)
    } catch (error) {
      // A complete file with a wrong hash is useless for a retry.
      if (error instanceof AppError && error.code === 'model-load-failed') {
        await remove(deps.folder)
        listener.onBytes(0)
      }
      throw error
    }
    fetched.push({ name, sizeBytes: (await stat(file)).size, sha256: hash })
  }
  return fetched
}

function progressOf(
  name: string,
  bytes: ByteCount,
  { freeBytes, notice }: FetchDeps,
  { onState }: FetchListener,
): FileProgress {
  return {
    async onTotal(totalBytes, missingBytes) {
      bytes.setTotal(name, totalBytes)
      checkRoom(missingBytes, await freeBytes())
    },
    onBytes(doneBytes) {
      bytes.setDone(name, doneBytes)
      onState({ status: 'downloading', ...bytes.remaining() })
    },
    onInterrupted: (reason) => onState({ status: 'reconnecting', reason }),
    onNotice: notice,
  }
}

async function checkFile(
  file: string,
  sha256: string | null,
  totalBytes: number,
  onState: FetchListener['onState'],
  signal: AbortSignal,
): Promise<void> {
  onState({ status: 'verifying', fraction: 0 })
  if (sha256 !== null) {
    const onBytes = (bytes: number): void =>
      onState({ status: 'verifying', fraction: Math.min(1, bytes / totalBytes) })
    await verifyFile(file, sha256, onBytes, signal)
  }
  if (/\.gguf$/iu.test(file)) await inspectModel(file)
}

/** Adds up the bytes of the files of a plan. */
interface ByteCount {
  setTotal(name: string, bytes: number): void
  setDone(name: string, bytes: number): void
  /** null until all lengths are known. */
  total(): number | null
  remaining(): { readonly bytesPerSecond: number | null; readonly secondsLeft: number | null }
}

function createByteCount(
  { files }: DownloadPlan,
  { onTotal, onBytes }: Pick<FetchListener, 'onTotal' | 'onBytes'>,
): ByteCount {
  const sizes = new Map(files.map(({ name, sizeBytes }) => [name, sizeBytes]))
  const arrived = new Map<string, number>()
  const rate = createTransferRate()
  const done = (): number => [...arrived.values()].reduce((sum, one) => sum + one, 0)
  const total = (): number | null =>
    [...sizes.values()].reduce<number | null>(
      (sum, one) => (sum === null || one === null ? null : sum + one),
      0,
    )
  return {
    setTotal(name, bytes) {
      sizes.set(name, bytes)
      onTotal(total())
    },
    setDone(name, bytes) {
      arrived.set(name, bytes)
      rate.add(done())
      onBytes(done())
    },
    total,
    remaining() {
      const bytesPerSecond = rate.perSecond()
      const totalBytes = total()
      const known = totalBytes !== null && bytesPerSecond !== null && bytesPerSecond > 0
      const secondsLeft = known ? Math.ceil((totalBytes - done()) / bytesPerSecond) : null
      return { bytesPerSecond, secondsLeft }
    },
  }
}
