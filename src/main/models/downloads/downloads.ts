import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Download } from '../../../shared/contract/models.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { AppError, isCancelled, toWire } from '../../../shared/errors.ts'
import { syncDirectory, syncFile } from '../../disk/durableFile.ts'
import { readJsonFile, writeJsonFile, type Notice } from '../../disk/jsonFile.ts'
import type { Logger } from '../../disk/logger.ts'
import { inspectModel } from '../../llm/gguf/modelFacts.ts'
import { checkRoom, freeOnDisk } from './diskRoom.ts'
import { defaultTuning, downloadFile, type DownloadTuning } from './downloadFile.ts'
import { downloadPlan, installedFile, type DownloadPlan } from './downloadPlan.ts'
import { createHttpSource } from './httpSource.ts'
import { forgetRecord } from './partialFile.ts'
import { createTransferRate } from './transferRate.ts'
import { verifyFile } from './verifyFile.ts'

export interface DownloadsDeps {
  /** Where models lie when they are done. */
  readonly folder: string
  readonly notice: Notice
  readonly logger: Pick<Logger, 'error'>
  readonly proxy: () => string | null
  /** Puts what is done on the list of models. */
  readonly onDone: (plan: DownloadPlan, file: string) => Promise<void>
  readonly tuning?: DownloadTuning
  readonly silenceMs?: number
  /** Bytes free on the disk of a folder; null where the system does not tell. */
  readonly freeBytes?: (folder: string) => Promise<number | null>
}

/** Models on their way. Nothing is asked of any host before a person starts or resumes it. */
export interface Downloads {
  list(): readonly Download[]
  /** @throws AppError `invalid-input` if it is under way already. */
  start(plan: DownloadPlan): Promise<Download>
  /** Resolves once nothing more is written. */
  pause(id: string): Promise<void>
  resume(id: string): Promise<void>
  /** Deletes what arrived. */
  cancel(id: string): Promise<void>
  onChange(listener: (downloads: readonly Download[]) => void): () => void
  /** Resolves once nothing is under way. */
  idle(): Promise<void>
  dispose(): Promise<void>
}

type State = Download['state']

interface Entry {
  readonly plan: DownloadPlan
  doneBytes: number
  totalBytes: number | null
  state: State
  controller: AbortController
  running: Promise<void>
}

const listFile = z.object({
  version: z.literal(1),
  downloads: z.array(
    z.object({ plan: downloadPlan, doneBytes: z.number(), totalBytes: z.number().nullable() }),
  ),
})

/** Progress is told no more often than anybody can read it. */
const tellEveryMs = 250
const defaultSilenceMs = 30_000

export async function openDownloads(deps: DownloadsDeps): Promise<Downloads> {
  const { folder, notice, logger, tuning = defaultTuning, silenceMs = defaultSilenceMs } = deps
  const freeBytes = deps.freeBytes ?? freeOnDisk
  const underway = path.join(folder, '.downloads')
  const recordFile = path.join(underway, 'downloads.json')
  const entries = new Map<string, Entry>()
  const changed = createEmitter<readonly Download[]>()
  let toldAt = 0
  let later: NodeJS.Timeout | undefined

  // What was under way when the app ended waits for a person.
  for (const { plan, doneBytes, totalBytes } of (await readJsonFile(recordFile, listFile, notice))
    ?.downloads ?? []) {
    entries.set(plan.id, createEntry(plan, doneBytes, totalBytes))
  }

  function list(): readonly Download[] {
    return [...entries.values()].map(describe)
  }

  function tell(): void {
    clearTimeout(later)
    later = undefined
    toldAt = Date.now()
    const now = list()
    changed.emit(now)
  }

  function tellSoon(): void {
    if (later !== undefined) return
    later = setTimeout(tell, Math.max(0, toldAt + tellEveryMs - Date.now()))
    later.unref()
  }

  function set(entry: Entry, state: State): void {
    const same = entry.state.status === state.status && state.status !== 'failed'
    entry.state = state
    if (same) tellSoon()
    else tell()
  }

  async function save(): Promise<void> {
    await mkdir(underway, { recursive: true })
    const open = [...entries.values()].filter(({ state }) => state.status !== 'done')
    const downloads = open.map(({ plan, doneBytes, totalBytes }) => ({
      plan,
      doneBytes,
      totalBytes,
    }))
    await writeJsonFile(recordFile, { version: 1, downloads })
  }

  function find(id: string): Entry {
    const entry = entries.get(id)
    if (entry === undefined) {
      throw new AppError('not-found', 'This download is no longer there.')
    }
    return entry
  }

  function run(entry: Entry): void {
    entry.controller = new AbortController()
    const { signal } = entry.controller
    set(entry, { status: 'downloading', bytesPerSecond: null, secondsLeft: null })
    entry.running = fetchAll(entry, signal)
      .catch((error: unknown) => {
        if (isCancelled(error) && signal.aborted) {
          set(entry, { status: 'paused' })
          return
        }
        if (!(error instanceof AppError)) logger.error('a download failed', error)
        set(entry, { status: 'failed', error: toWire(error) })
      })
      .then(save)
      .catch((error: unknown) => logger.error('the list of downloads was not written', error))
  }

  async function fetchAll(entry: Entry, signal: AbortSignal): Promise<void> {
    const { plan } = entry
    const source = createHttpSource({ proxy: deps.proxy(), silenceMs })
    try {
      await save()
      const rate = createTransferRate()
      const sizes = new Map(plan.files.map(({ name, sizeBytes }) => [name, sizeBytes]))
      const done = new Map<string, number>()
      for (const { name, url, sizeBytes, sha256 } of plan.files) {
        const file = fileOf(plan, name)
        await mkdir(path.dirname(file), { recursive: true })
        const fetched = await downloadFile(
          { url, file, sizeBytes },
          source,
          {
            onTotal: async (bytes, missingBytes) => {
              sizes.set(name, bytes)
              entry.totalBytes = sum(sizes.values())
              checkRoom(missingBytes, await freeBytes(folder))
            },
            onBytes: (bytes) => {
              done.set(name, bytes)
              entry.doneBytes = sum(done.values()) ?? 0
              rate.add(entry.doneBytes)
              set(entry, { status: 'downloading', ...remaining(entry, rate.perSecond()) })
            },
            onInterrupted: (reason) => set(entry, { status: 'reconnecting', reason }),
          },
          tuning,
          signal,
        )
        await check(entry, file, sha256 ?? fetched.sha256, signal)
      }
      await install(entry)
    } finally {
      await source.close()
    }
  }

  async function check(
    entry: Entry,
    file: string,
    sha256: string | null,
    signal: AbortSignal,
  ): Promise<void> {
    set(entry, { status: 'verifying', fraction: 0 })
    const total = entry.totalBytes ?? 1
    try {
      if (sha256 !== null) {
        const onBytes = (bytes: number): void =>
          set(entry, { status: 'verifying', fraction: Math.min(1, bytes / total) })
        await verifyFile(file, sha256, onBytes, signal)
      }
      if (/\.gguf$/iu.test(file)) await inspectModel(file)
    } catch (error) {
      // What is whole and wrong is of no use to a second try.
      if (error instanceof AppError && error.code === 'model-load-failed') {
        await rm(path.join(underway, entry.plan.id), { recursive: true, force: true })
        entry.doneBytes = 0
      }
      throw error
    }
  }

  async function install(entry: Entry): Promise<void> {
    const { plan } = entry
    for (const { name } of plan.files) {
      await forgetRecord(fileOf(plan, name))
      await syncFile(fileOf(plan, name))
    }
    const place = path.join(folder, plan.id)
    await rm(place, { recursive: true, force: true })
    await rename(path.join(underway, plan.id), place)
    await syncDirectory(folder)
    await deps.onDone(plan, installedFile(plan, place))
    set(entry, { status: 'done', model: plan.id })
  }

  function fileOf(plan: DownloadPlan, name: string): string {
    return path.join(underway, plan.id, ...name.split('/'))
  }

  async function stop(entry: Entry): Promise<void> {
    entry.controller.abort()
    await entry.running
  }

  return {
    list,
    async start(plan) {
      const before = entries.get(plan.id)
      if (before !== undefined && isActive(before.state)) {
        throw new AppError('invalid-input', `${plan.name} is being downloaded already.`)
      }
      const entry = createEntry(plan, before?.doneBytes ?? 0, null)
      entries.set(plan.id, entry)
      run(entry)
      return Promise.resolve(describe(entry))
    },
    async pause(id) {
      const entry = find(id)
      if (isActive(entry.state)) await stop(entry)
    },
    resume(id) {
      const entry = find(id)
      if (!isActive(entry.state) && entry.state.status !== 'done') run(entry)
      return Promise.resolve()
    },
    async cancel(id) {
      const entry = find(id)
      await stop(entry)
      entries.delete(id)
      await rm(path.join(underway, id), { recursive: true, force: true })
      await save()
      tell()
    },
    onChange: changed.on,
    async idle() {
      await Promise.all([...entries.values()].map(({ running }) => running))
    },
    async dispose() {
      changed.clear()
      await Promise.all([...entries.values()].map(stop))
      clearTimeout(later)
    },
  }
}

function createEntry(plan: DownloadPlan, doneBytes: number, totalBytes: number | null): Entry {
  return {
    plan,
    doneBytes,
    totalBytes,
    state: { status: 'paused' },
    controller: new AbortController(),
    running: Promise.resolve(),
  }
}

function describe({ plan, doneBytes, totalBytes, state }: Entry): Download {
  const { host } = new URL(plan.files[0]?.url ?? 'https://unknown')
  return { id: plan.id, name: plan.name, host, doneBytes, totalBytes, state }
}

function isActive({ status }: State): boolean {
  return status === 'downloading' || status === 'reconnecting' || status === 'verifying'
}

function remaining({ doneBytes, totalBytes }: Entry, bytesPerSecond: number | null) {
  const known = totalBytes !== null && bytesPerSecond !== null && bytesPerSecond > 0
  const secondsLeft = known ? Math.ceil((totalBytes - doneBytes) / bytesPerSecond) : null
  return { bytesPerSecond, secondsLeft }
}

/** null if one of them is not known. */
function sum(sizes: Iterable<number | null>): number | null {
  return [...sizes].reduce<number | null>(
    (total, one) => (total === null || one === null ? null : total + one),
    0,
  )
}
