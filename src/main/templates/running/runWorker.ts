import { isCancelled, isUnexpected, toWire } from '../../../shared/errors.ts'
import type { OpenRun } from './openRun.ts'
import type { RunMaterial } from './ports.ts'
import { openResultsFile } from './resultsFile.ts'
import { runArms, type ArmsSink, type RunArmsDeps } from './runArms.ts'
import { resultKey, type RunEntry } from './runEntry.ts'
import { resultsOf } from './runFolder.ts'
import type { RunList } from './runList.ts'

export interface RunWorkerDeps {
  readonly running: RunArmsDeps
  readonly material: Pick<RunMaterial, 'isThere'>
  readonly list: RunList
  readonly open: (entry: RunEntry) => Promise<OpenRun>
  /** Computes the figures of a finished run in advance. */
  readonly judge: (entry: RunEntry) => Promise<unknown>
}

/** Executes queued runs one after another. */
export interface RunWorker {
  /** The id of the current run. */
  current(): string | undefined
  /** Starts the next queued run, if none is running. */
  readonly next: () => void
  /** Stops a run if it is the current one; resolves when it has stopped. */
  stop(id: string): Promise<void>
  /**
   * Stops permanently. The current run keeps its state, and is resumed when the app starts again.
   */
  dispose(): Promise<void>
}

export function createRunWorker(deps: RunWorkerDeps): RunWorker {
  const { running, material, list } = deps
  let working: { id: string; controller: AbortController; done: Promise<void> } | undefined
  let disposed = false

  function next(): void {
    if (disposed || working !== undefined) return
    const entry = list
      .all()
      .find(({ state, record }) => state.status === 'waiting' && material.isThere(record.template))
    if (entry === undefined) return
    const controller = new AbortController()
    const done = work(entry, deps, controller.signal)
      .catch(async (error: unknown) => {
        // The caller of `stop` has set its state; when the app quits it stays `running`.
        if (isCancelled(error)) return
        if (isUnexpected(error)) running.onUnexpectedError(error)
        await list.setState(entry, 'paused', reasonOf(error))
      })
      .catch(running.onUnexpectedError)
      .then(() => {
        working = undefined
        next()
      })
    working = { id: entry.record.id, controller, done }
  }

  return {
    current: () => working?.id,
    next,
    async stop(id) {
      if (working?.id !== id) return
      working.controller.abort()
      await working.done
    },
    async dispose() {
      disposed = true
      working?.controller.abort()
      await working?.done
    },
  }
}

async function work(entry: RunEntry, deps: RunWorkerDeps, signal: AbortSignal): Promise<void> {
  const { running, list } = deps
  const { record, directory } = entry
  await list.setState(entry, 'running', null)
  const run = await deps.open(entry)
  // Parse all results, so that rows with invalid lines are answered again.
  for (const { id } of record.arms) await run.resultsOf(id)
  const file = await openResultsFile(resultsOf({ directory }))
  try {
    const arms = {
      arms: record.arms,
      rows: [...run.rows.values()],
      templateOf: (version: number) => templateIn(run, version),
      isDone: (arm: string, row: string) =>
        run.has(arm, row) && !entry.redone.has(resultKey(arm, row)),
      modelFile: record.model?.file ?? null,
      models: record.models ?? [],
    }
    await runArms(
      running,
      arms,
      sinkOf(entry, run, list, (result) => file.add(result)),
      signal,
    )
  } finally {
    await file.close()
    if (record.models !== undefined) loadChosenModel(running)
  }
  await list.setState(entry, 'done', null)
  // In advance, since it takes seconds with many rows.
  await deps.judge(entry).catch(running.onUnexpectedError)
}

/** In place of a run's own model, so that the next question need not wait for it. */
function loadChosenModel({ model, onUnexpectedError }: RunWorkerDeps['running']): void {
  model(() => undefined, new AbortController().signal).catch(onUnexpectedError)
}

function sinkOf(
  entry: RunEntry,
  run: OpenRun,
  list: RunList,
  keep: (result: Parameters<ArmsSink['add']>[0]) => Promise<void>,
): ArmsSink {
  return {
    armStarted(arm) {
      entry.progress.begin(arm)
      list.announce(entry)
    },
    async add(result) {
      await keep(result)
      run.add(result)
      entry.redone.delete(resultKey(result.arm, result.row))
      entry.progress.add(result.error !== null, result.ms)
      list.announceProgress(entry)
    },
  }
}

function templateIn(run: OpenRun, version: number) {
  const found = run.templates.get(version)
  if (found === undefined) throw new Error(`No template for version ${String(version)}`)
  return found
}

/** Why a run was paused. A sentence for a full disk does not say what it stopped. */
function reasonOf(error: unknown): string {
  const { code, message } = toWire(error)
  if (code !== 'disk-full') return message
  return 'The disk is full, so this run was paused. What was measured is kept. Free up some space, then resume it.'
}
