import path from 'node:path'
import type { Download as DownloadView } from '../../../shared/contract/models.ts'
import { AppError, isCancelled, isUnexpected, toWire } from '../../../shared/errors.ts'
import type { CheckTask } from '../../disk/checkTask.ts'
import { move, remove, syncDirectory, syncFile } from '../../disk/durableFile.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import type { Logger } from '../../disk/logger.ts'
import type { DownloadedFile } from '../modelsFile.ts'
import { createChangeFeed, type ChangeFeed } from './changeFeed.ts'
import { freeOnDisk } from './diskRoom.ts'
import {
  isActive,
  stopDownload,
  viewOf,
  waitingDownload,
  type Download,
  type DownloadState,
} from './download.ts'
import { defaultWaitsMs } from './downloadFile.ts'
import { fileOf, installedFile, type DownloadPlan } from './downloadPlan.ts'
import { openDownloadsFile } from './downloadsFile.ts'
import { fetchPlan } from './fetchPlan.ts'
import { createDispatcher, createHttpSource } from './httpSource.ts'
import { forgetRecord, partialCheck } from './partialFile.ts'

export interface DownloadsDeps {
  /** Folder of complete models. */
  readonly folder: string
  readonly notice: Notice
  readonly logger: Pick<Logger, 'error'>
  readonly proxy: () => string | null
  /** Adds a complete download to the list of models. */
  readonly onDone: (
    plan: DownloadPlan,
    file: string,
    files: readonly DownloadedFile[],
  ) => Promise<void>
  /** Milliseconds to wait after each consecutive interruption; after the last one it fails. */
  readonly waitsMs?: readonly number[]
  /** Milliseconds without a byte after which a connection counts as broken. */
  readonly silenceMs?: number
  /** Bytes free on the disk of a folder; null if the system doesn't report it. */
  readonly freeBytes?: (folder: string) => Promise<number | null>
}

/** The downloads of models. No host is contacted before the user starts or resumes one. */
export interface Downloads {
  list(): readonly DownloadView[]
  /** @throws AppError `invalid-input` if it is being downloaded already. */
  start(plan: DownloadPlan): Promise<DownloadView>
  /** Resolves once it no longer writes. */
  pause(id: string): Promise<void>
  resume(id: string): Promise<void>
  /** Stops it and deletes its files. */
  cancel(id: string): Promise<void>
  onChange(listener: (downloads: readonly DownloadView[]) => void): () => void
  /** Resolves when no download is running. */
  idle(): Promise<void>
  /** The check of the list of unfinished downloads, and of the record of each. */
  checks(): readonly CheckTask[]
  dispose(): Promise<void>
}

const defaultSilenceMs = 30_000

export async function openDownloads(deps: DownloadsDeps): Promise<Downloads> {
  const underway = path.join(deps.folder, '.downloads')
  const file = openDownloadsFile(underway, deps.notice)
  // Downloads that were running when the app ended wait for the user.
  const all = new Map((await file.read()).map((one) => [one.plan.id, one]))
  const list = (): readonly DownloadView[] => [...all.values()].map(viewOf)
  const feed = createChangeFeed(list)
  const save = (): Promise<void> => file.save(all.values())
  const run = createRunner(deps, underway, feed, save)

  function find(id: string): Download {
    const found = all.get(id)
    if (found === undefined) throw new AppError('not-found', 'This download is no longer there.')
    return found
  }

  return {
    list,
    start(plan) {
      const before = all.get(plan.id)
      if (before !== undefined && isActive(before)) {
        return Promise.reject(
          new AppError('invalid-input', `${plan.name} is being downloaded already.`),
        )
      }
      const download = waitingDownload(plan, before?.doneBytes ?? 0, null)
      all.set(plan.id, download)
      run(download)
      return Promise.resolve(viewOf(download))
    },
    async pause(id) {
      const download = find(id)
      if (isActive(download)) await stopDownload(download)
    },
    async resume(id) {
      const download = find(id)
      if (!isActive(download) && download.state.status !== 'done') run(download)
      return Promise.resolve()
    },
    async cancel(id) {
      await stopDownload(find(id))
      all.delete(id)
      await remove(path.join(underway, id))
      await save()
      feed.notifyNow()
    },
    onChange: feed.on,
    async idle() {
      await Promise.all([...all.values()].map(({ running }) => running))
    },
    checks: () => [
      file.check('Unfinished downloads', save),
      ...[...all.values()].flatMap(({ plan }) =>
        plan.files.map(({ name }) =>
          partialCheck(plan.name, fileOf(path.join(underway, plan.id), name)),
        ),
      ),
    ],
    async dispose() {
      feed.close()
      await Promise.all([...all.values()].map(stopDownload))
    },
  }
}

/** @returns a function that runs a download until it is done, fails or is stopped. */
function createRunner(
  deps: DownloadsDeps,
  underway: string,
  feed: Pick<ChangeFeed<unknown>, 'notifyNow' | 'notifySoon'>,
  save: () => Promise<void>,
): (download: Download) => void {
  const { folder, logger, notice, onDone, freeBytes = freeOnDisk } = deps
  const { waitsMs = defaultWaitsMs, silenceMs = defaultSilenceMs } = deps

  function set(download: Download, state: DownloadState): void {
    const same = download.state.status === state.status && state.status !== 'failed'
    download.state = state
    if (same) feed.notifySoon()
    else feed.notifyNow()
  }

  async function fetchAndInstall(download: Download, signal: AbortSignal): Promise<void> {
    const { plan } = download
    const source = createHttpSource(createDispatcher(deps.proxy(), silenceMs))
    try {
      await save()
      const place = path.join(underway, plan.id)
      const free = (): Promise<number | null> => freeBytes(folder)
      const listener = {
        onState: (state: DownloadState) => set(download, state),
        onTotal: (bytes: number | null) => void (download.totalBytes = bytes),
        onBytes: (bytes: number) => void (download.doneBytes = bytes),
      }
      const files = await fetchPlan(
        plan,
        { folder: place, source, waitsMs, freeBytes: free, notice },
        listener,
        signal,
      )
      await onDone(plan, await install(plan, place, folder), files)
      set(download, { status: 'done', model: plan.id })
    } finally {
      await source.close()
    }
  }

  return (download) => {
    download.controller = new AbortController()
    const { signal } = download.controller
    set(download, { status: 'downloading', bytesPerSecond: null, secondsLeft: null })
    download.running = fetchAndInstall(download, signal)
      .catch((error: unknown) => {
        if (isCancelled(error) && signal.aborted) {
          set(download, { status: 'paused' })
          return
        }
        if (isUnexpected(error)) logger.error('a download failed', error)
        set(download, { status: 'failed', error: toWire(error) })
      })
      .then(save)
      .catch((error: unknown) => logger.error('the list of downloads was not written', error))
  }
}

/**
 * Moves the complete files of a plan into the folder of models.
 *
 * @returns the path of the model's main file or, for an embedder, of its folder.
 */
async function install(plan: DownloadPlan, from: string, folder: string): Promise<string> {
  for (const { name } of plan.files) {
    await forgetRecord(fileOf(from, name))
    await syncFile(fileOf(from, name))
  }
  const place = path.join(folder, plan.id)
  await remove(place)
  await move(from, place)
  await syncDirectory(folder)
  return installedFile(plan, place)
}
