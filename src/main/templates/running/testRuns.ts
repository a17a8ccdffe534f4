import path from 'node:path'
import type { AppContract } from '../../../shared/contract/index.ts'
import type { RunStatus, RunSummary } from '../../../shared/domain/testRun/run.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { AppError, isCancelled, toWire } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import type { JudgedRun } from './judgeResults.ts'
import { figuresAtRest } from './keptFigures.ts'
import type { ModelHashes } from './modelHash.ts'
import { newRun } from './newRun.ts'
import type { OpenRun } from './openRun.ts'
import { createOpenRuns } from './openRuns.ts'
import type { RunMaterial } from './ports.ts'
import { openResultsFile } from './resultsFile.ts'
import { runArms, type RunArmsDeps } from './runArms.ts'
import { newEntry, resultKey, toEntry, type RunEntry } from './runEntry.ts'
import { createRunFolder, findRuns, removeRunFolder, resultsOf, writeState } from './runFolder.ts'
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

/** How often progress is announced, in milliseconds. */
const announceMs = 250
const none = { done: 0, failed: 0 }

export async function createTestRuns(deps: TestRunsDeps): Promise<TestRuns> {
  const { running, material } = deps
  const entries = new Map<string, RunEntry>()
  const changed = createEmitter<RunSummary>()
  const removed = createEmitter<{ id: string }>()
  let working: { id: string; stop: AbortController; done: Promise<void> } | undefined
  let disposed = false
  const opened = createOpenRuns(material, (id) => id === working?.id)

  for (const folder of await findRuns(deps.templatesDir, deps.notice)) {
    entries.set(folder.record.id, await toEntry(folder))
  }

  function entryOf(id: string): RunEntry {
    const found = entries.get(id)
    if (found !== undefined) return found
    throw new AppError('not-found', 'This run is not there any more.')
  }

  function announce(entry: RunEntry, always = true): void {
    const now = Date.now()
    if (!always && now - entry.announcedAt < announceMs) return
    entry.announcedAt = now
    const summary = entry.progress.summary(entry.state)
    changed.emit(summary)
  }

  async function setState(
    entry: RunEntry,
    status: RunStatus,
    message: string | null,
  ): Promise<void> {
    entry.state = { status, message }
    announce(entry)
    await writeState(entry.directory, { ...entry.state, ...entry.progress.counts() })
  }

  async function judge(entry: RunEntry): Promise<JudgedRun> {
    const judgeNow = async (): Promise<JudgedRun> => (await opened.open(entry)).judge()
    if (entry.state.status === 'running') return judgeNow()
    return figuresAtRest(entry, judgeNow, running.onUnexpectedError)
  }

  async function work(entry: RunEntry, signal: AbortSignal): Promise<void> {
    const { record, directory } = entry
    await setState(entry, 'running', null)
    const run = await opened.open(entry)
    // A line that cannot be read is answered anew.
    for (const { id } of record.arms) await run.resultsOf(id)
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
            entry.redone.delete(resultKey(result.arm, result.row))
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
    // Now, and not when somebody looks: with many rows it takes seconds.
    await judge(entry).catch(running.onUnexpectedError)
  }

  function isAnswered({ redone }: RunEntry, run: OpenRun, arm: string, row: string): boolean {
    return run.has(arm, row) && !redone.has(resultKey(arm, row))
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

  async function stopAs(id: string, status: RunStatus): Promise<void> {
    const entry = entryOf(id)
    if (['done', 'cancelled'].includes(entry.state.status)) return
    await halt(id)
    if (entry.state.status !== 'done') await setState(entry, status, null)
  }

  async function wait(entry: RunEntry): Promise<void> {
    if (!['waiting', 'running'].includes(entry.state.status)) await setState(entry, 'waiting', null)
    next()
  }

  return {
    async start(input, { signal }) {
      const { record, rows } = await newRun(deps, input, signal)
      const directory = path.join(deps.templatesDir, input.template, 'runs', record.id)
      await createRunFolder(directory, record, rows)
      const state = { status: 'waiting', message: null } as const
      const entry = newEntry({ directory, record }, none, state)
      entries.set(record.id, entry)
      announce(entry)
      next()
      return entry.progress.summary(entry.state)
    },
    pause: ({ id }) => stopAs(id, 'paused'),
    cancel: ({ id }) => stopAs(id, 'cancelled'),
    async resume({ id }) {
      const entry = entryOf(id)
      if (entry.state.status !== 'done') await wait(entry)
    },
    async rerunFailed({ id }) {
      const entry = entryOf(id)
      await halt(id)
      const run = await opened.open(entry)
      const failed = new Set<string>()
      for (const { id: arm } of entry.record.arms) {
        for (const { row, error } of await run.resultsOf(arm)) {
          if (error !== null) failed.add(resultKey(arm, row))
        }
      }
      entry.progress.takeBack(failed.size - entry.redone.size)
      entry.redone = failed
      await wait(entry)
    },
    async remove({ id }) {
      const { directory } = entryOf(id)
      await halt(id)
      entries.delete(id)
      opened.forget(id)
      await removeRunFolder(directory)
      removed.emit({ id })
    },
    list: ({ template }) =>
      [...entries.values()]
        .filter(({ record }) => template === null || record.template === template)
        .filter(({ record }) => material.isThere(record.template))
        .sort((a, b) => b.record.startedAt.localeCompare(a.record.startedAt))
        .map(({ progress, state }) => progress.summary(state)),
    changed: changed.on,
    removed: removed.on,
    ...createRunReadings((id) => {
      const entry = entryOf(id)
      return {
        record: entry.record,
        summary: entry.progress.summary(entry.state),
        open: () => opened.open(entry),
        judge: () => judge(entry),
      }
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

function templateIn(run: OpenRun, version: number) {
  const found = run.templates.get(version)
  if (found === undefined) throw new Error(`No template for version ${String(version)}`)
  return found
}
