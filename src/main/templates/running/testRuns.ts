import path from 'node:path'
import type { AppContract } from '../../../shared/contract/index.ts'
import type { RunRecord, RunStatus, RunSummary } from '../../../shared/domain/testRun/run.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { AppError, isCancelled, toWire } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import type { Notice } from '../../config/jsonFile.ts'
import type { ModelHashes } from './modelHash.ts'
import { newRun } from './newRun.ts'
import { openRun, type OpenRun } from './openRun.ts'
import type { RunMaterial } from './ports.ts'
import { openResultsFile, readResults } from './resultsFile.ts'
import { runArms, type RunArmsDeps } from './runArms.ts'
import {
  createRunFolder,
  findRuns,
  removeRunFolder,
  resultsOf,
  writeState,
  type RunFolder,
  type RunState,
} from './runFolder.ts'
import { createRunProgress, type RunProgress } from './runProgress.ts'
import { createRunReadings, type RunReadings } from './runReadings.ts'
import { createSuggestions } from './suggestExamples.ts'

/** Runs of tests: each goes on until it is done, whoever looks on. One works at a time. */
export interface TestRuns extends Pick<
  Handlers<AppContract>['testRuns'],
  | 'start'
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'rerunFailed'
  | 'remove'
  | 'list'
  | 'changed'
  | 'removed'
  | keyof RunReadings
  | 'suggestExamples'
> {
  /** Stops what answers for a template that was deleted; what it answered can be restored with it. */
  templatesChanged(): void
  /** Goes on with what was running when the app ended. */
  resumeInterrupted(): Promise<void>
  dispose(): Promise<void>
}

export interface TestRunsDeps {
  readonly running: RunArmsDeps
  readonly material: RunMaterial
  readonly hashes: ModelHashes
  /** Folder of all templates; the runs of one lie in `TEMPLATE/runs`. */
  readonly templatesDir: string
  readonly notice: Notice
}

interface Entry {
  readonly directory: string
  readonly record: RunRecord
  readonly progress: RunProgress
  state: RunState
}

/** How often progress is announced, in milliseconds. */
const announceMs = 250
/** Runs whose results are kept in memory. */
const keptOpen = 2
const none = { done: 0, failed: 0 }

export async function createTestRuns(deps: TestRunsDeps): Promise<TestRuns> {
  const { running, material } = deps
  const entries = new Map<string, Entry>()
  const opened = new Map<string, Promise<OpenRun>>()
  const changed = createEmitter<RunSummary>()
  const removed = createEmitter<{ id: string }>()
  let working: { id: string; stop: AbortController; done: Promise<void> } | undefined
  let disposed = false
  const announcedAt = new Map<string, number>()

  for (const folder of await findRuns(deps.templatesDir, deps.notice)) {
    entries.set(folder.record.id, await toEntry(folder))
  }

  function entryOf(id: string): Entry {
    const found = entries.get(id)
    if (found !== undefined) return found
    throw new AppError('not-found', 'This run is gone. It may have been deleted.')
  }

  function announce(entry: Entry, always = true): void {
    const now = Date.now()
    if (!always && now - (announcedAt.get(entry.record.id) ?? 0) < announceMs) return
    announcedAt.set(entry.record.id, now)
    const summary = entry.progress.summary(entry.state)
    changed.emit(summary)
  }

  async function setState(entry: Entry, status: RunStatus, message: string | null): Promise<void> {
    entry.state = { status, message }
    announce(entry)
    await writeState(entry.directory, { ...entry.state, ...entry.progress.counts() })
  }

  function open(entry: Entry): Promise<OpenRun> {
    const { id } = entry.record
    const found = opened.get(id) ?? openRun(entry, material)
    opened.delete(id)
    opened.set(id, found)
    found.catch(() => opened.delete(id))
    for (const old of opened.keys()) {
      if (opened.size <= keptOpen) break
      if (old !== working?.id) opened.delete(old)
    }
    return found
  }

  async function work(entry: Entry, signal: AbortSignal): Promise<void> {
    const { record, directory } = entry
    await setState(entry, 'running', null)
    const run = await open(entry)
    const file = await openResultsFile(resultsOf({ directory }))
    try {
      await runArms(
        running,
        {
          arms: record.arms,
          rows: [...run.rows.values()],
          templateOf: (version) => templateIn(run, version),
          isDone: (arm, row) => isAnswered(entry, run, arm, row),
          modelFile: record.model?.file ?? null,
        },
        {
          armStarted(arm) {
            entry.progress.begin(arm)
            announce(entry)
          },
          async add(result) {
            await file.add(result)
            run.add(result)
            redone.get(record.id)?.delete(keyOf(result.arm, result.row))
            entry.progress.add(result.error !== null, result.ms)
            announce(entry, false)
          },
        },
        signal,
      )
    } finally {
      await file.close()
    }
    await setState(entry, 'done', null)
  }

  /** Failed answers that are to be given anew. */
  const redone = new Map<string, Set<string>>()

  function isAnswered({ record }: Entry, run: OpenRun, arm: string, row: string): boolean {
    return run.get(arm, row) !== undefined && redone.get(record.id)?.has(keyOf(arm, row)) !== true
  }

  /** Begins the next run that waits, if none is at work. */
  function next(): void {
    if (disposed || working !== undefined) return
    const entry = [...entries.values()].find(
      ({ state, record }) => state.status === 'waiting' && material.isThere(record.template),
    )
    if (entry === undefined) return
    const stop = new AbortController()
    const done = work(entry, stop.signal)
      .catch(async (error: unknown) => {
        // Whoever stopped it has said how it stands now; an app that ends leaves it as it is.
        if (isCancelled(error)) return
        if (!(error instanceof AppError)) running.onUnexpectedError(error)
        await setState(entry, 'paused', toWire(error).message)
      })
      .catch(running.onUnexpectedError)
      .then(() => {
        working = undefined
        next()
      })
    working = { id: entry.record.id, stop, done }
  }

  async function halt(id: string): Promise<void> {
    if (working?.id !== id) return
    working.stop.abort()
    await working.done
  }

  async function stopAs(id: string, status: RunStatus): Promise<null> {
    const entry = entryOf(id)
    if (['done', 'cancelled'].includes(entry.state.status)) return null
    await halt(id)
    if (entry.state.status !== 'done') await setState(entry, status, null)
    return null
  }

  async function wait(entry: Entry): Promise<null> {
    if (!['waiting', 'running'].includes(entry.state.status)) await setState(entry, 'waiting', null)
    next()
    return null
  }

  return {
    async start(input, { signal }) {
      const { record, rows } = await newRun(deps, input, signal)
      const directory = path.join(deps.templatesDir, input.template, 'runs', record.id)
      await createRunFolder(directory, record, rows)
      const state = { status: 'waiting', message: null } as const
      const entry: Entry = { directory, record, progress: createRunProgress(record, none), state }
      entries.set(record.id, entry)
      announce(entry)
      next()
      return entry.progress.summary(entry.state)
    },
    pause: ({ id }) => stopAs(id, 'paused'),
    cancel: ({ id }) => stopAs(id, 'cancelled'),
    async resume({ id }) {
      const entry = entryOf(id)
      return entry.state.status === 'done' ? null : wait(entry)
    },
    async rerunFailed({ id }) {
      const entry = entryOf(id)
      await halt(id)
      const run = await open(entry)
      const failed = entry.record.arms.flatMap(({ id: arm }) =>
        run.resultsOf(arm).flatMap(({ row, error }) => (error === null ? [] : [keyOf(arm, row)])),
      )
      const before = redone.get(id)?.size ?? 0
      redone.set(id, new Set(failed))
      entry.progress.takeBack(failed.length - before)
      return wait(entry)
    },
    async remove({ id }) {
      const { directory } = entryOf(id)
      await halt(id)
      entries.delete(id)
      opened.delete(id)
      await removeRunFolder(directory)
      removed.emit({ id })
      return null
    },
    list: ({ template }) =>
      [...entries.values()]
        .filter(({ record }) => template === null || record.template === template)
        .filter(({ record }) => material.isThere(record.template))
        .sort((a, b) => b.record.startedAt.localeCompare(a.record.startedAt))
        .map(({ progress, state }) => progress.summary(state)),
    changed: changed.on,
    removed: removed.on,
    ...createRunReadings(async (id) => {
      const entry = entryOf(id)
      const summary = entry.progress.summary(entry.state)
      return { record: entry.record, summary, run: await open(entry) }
    }),
    suggestExamples: createSuggestions(running, material),
    templatesChanged() {
      const entry = working === undefined ? undefined : entries.get(working.id)
      if (entry === undefined || material.isThere(entry.record.template)) return
      Promise.resolve(stopAs(entry.record.id, 'paused')).catch(running.onUnexpectedError)
    },
    async resumeInterrupted() {
      for (const entry of entries.values()) {
        const isLeft = entry.state.status === 'running' && entry.record.id !== working?.id
        if (isLeft) await setState(entry, 'waiting', null)
      }
      next()
    },
    async dispose() {
      disposed = true
      working?.stop.abort()
      await working?.done
      changed.clear()
      removed.clear()
    },
  }
}

async function toEntry(folder: RunFolder): Promise<Entry> {
  const { directory, record } = folder
  const { status, message, ...counts } = folder.state
  // It was at work when the app ended: what it answered since its state was written counts too.
  const before = status === 'running' ? await countResults(folder) : counts
  return {
    directory,
    record,
    progress: createRunProgress(record, before),
    state: { status, message },
  }
}

async function countResults(folder: RunFolder): Promise<{ done: number; failed: number }> {
  const latest = new Map<string, boolean>()
  for (const { arm, row, error } of await readResults(resultsOf(folder))) {
    latest.set(keyOf(arm, row), error !== null)
  }
  return { done: latest.size, failed: [...latest.values()].filter(Boolean).length }
}

function templateIn(run: OpenRun, version: number) {
  const found = run.templates.get(version)
  if (found === undefined) throw new Error(`No template for version ${String(version)}`)
  return found
}

function keyOf(arm: string, row: string): string {
  return `${arm}\0${row}`
}
