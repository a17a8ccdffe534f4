import path from 'node:path'
import type { JudgedRun } from '../../../shared/domain/testRun/figures.ts'
import type { AppContract } from '../../../shared/contract/index.ts'
import type { RunStatus } from '../../../shared/domain/testRun/run.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import type { CheckTask } from '../../disk/checkTask.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import { runChecks } from './checkRuns.ts'
import { figuresAtRest } from './keptFigures.ts'
import type { ModelHashes } from './modelHash.ts'
import { newRun } from './newRun.ts'
import type { OpenRun } from './openRun.ts'
import { createOpenRuns, type OpenRuns } from './openRuns.ts'
import type { RunMaterial } from './ports.ts'
import type { RunArmsDeps } from './runArms.ts'
import { newEntry, resultKey, toEntry, type RunEntry } from './runEntry.ts'
import { createRunFolder, findRuns, removeRunFolder } from './runFolder.ts'
import { createRunList, type RunList } from './runList.ts'
import { createRunReadings, type RunReadings } from './runReadings.ts'
import { createRunWorker, type RunWorker } from './runWorker.ts'
import { createSuggestions } from './suggestExamples.ts'

/** Test runs. One at a time, in the background until it is done. */
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
  /** Stops runs of deleted templates. They are restored with their template. */
  templatesChanged(): void
  /** Continues runs that were running when the app ended. */
  resumeInterrupted(): Promise<void>
  /** The check of the files of each run. @param nameOf the name of a template. */
  checks(nameOf: (template: string) => string): readonly CheckTask[]
  dispose(): Promise<void>
}

export interface TestRunsDeps {
  readonly running: RunArmsDeps
  readonly material: RunMaterial
  readonly hashes: Pick<ModelHashes, 'of'>
  /** Folder of all templates; the runs of one are in `TEMPLATE/runs`. */
  readonly templatesDir: string
  readonly notice: Notice
}

const none = { done: 0, failed: 0 }

export async function createTestRuns(deps: TestRunsDeps): Promise<TestRuns> {
  const { running, material } = deps
  const list = createRunList()
  for (const folder of await findRuns(deps.templatesDir, deps.notice)) {
    list.add(await toEntry(folder))
  }
  const opened = createOpenRuns(material, (id) => id === worker.current())
  const open = (entry: RunEntry): Promise<OpenRun> => opened.open(entry)

  async function judge(entry: RunEntry): Promise<JudgedRun> {
    const judgeNow = async (): Promise<JudgedRun> => (await open(entry)).judge()
    if (entry.state.status === 'running') return judgeNow()
    return figuresAtRest(entry, judgeNow, running.onUnexpectedError)
  }

  const worker = createRunWorker({ running, material, list, open, judge })

  return {
    ...createRunCommands(deps, list, worker, opened),
    list: ({ template }) =>
      list
        .all()
        .filter(({ record }) => template === null || record.template === template)
        .filter(({ record }) => material.isThere(record.template))
        .sort((a, b) => b.record.startedAt.localeCompare(a.record.startedAt))
        .map(({ progress, state }) => progress.summary(state)),
    changed: list.onChange,
    removed: list.onRemove,
    ...createRunReadings((id) => {
      const entry = list.get(id)
      return {
        record: entry.record,
        summary: entry.progress.summary(entry.state),
        open: () => open(entry),
        judge: () => judge(entry),
      }
    }),
    suggestExamples: createSuggestions(running, material),
    checks: (nameOf) =>
      runChecks({
        runs: list.all().filter(({ record }) => material.isThere(record.template)),
        nameOf: ({ record }) =>
          `${nameOf(record.template)}: run of ${record.startedAt.slice(0, 10)}`,
        // After its last result its figures are computed, which writes none of its files.
        isAtWork: ({ record, state }) =>
          record.id === worker.current() && state.status === 'running',
        changed(entry) {
          opened.forget(entry.record.id)
          list.announce(entry)
        },
      }),
    async dispose() {
      await worker.dispose()
      list.close()
    },
  }
}

type RunCommands = Pick<
  TestRuns,
  | 'start'
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'rerunFailed'
  | 'remove'
  | 'templatesChanged'
  | 'resumeInterrupted'
>

/** The commands that start, stop and remove runs. */
function createRunCommands(
  deps: TestRunsDeps,
  list: RunList,
  worker: RunWorker,
  opened: OpenRuns,
): RunCommands {
  async function stopAs(id: string, status: RunStatus): Promise<void> {
    const entry = list.get(id)
    if (['done', 'cancelled'].includes(entry.state.status)) return
    await worker.stop(id)
    if (entry.state.status !== 'done') await list.setState(entry, status, null)
  }

  async function wait(entry: RunEntry): Promise<void> {
    const waits = ['waiting', 'running'].includes(entry.state.status)
    if (!waits) await list.setState(entry, 'waiting', null)
    worker.next()
  }

  return {
    async start(input, { signal }) {
      const { record, rows } = await newRun(deps, input, signal)
      const directory = path.join(deps.templatesDir, input.template, 'runs', record.id)
      await createRunFolder(directory, record, rows)
      const entry = newEntry({ directory, record }, none, { status: 'waiting', message: null })
      list.add(entry)
      list.announce(entry)
      worker.next()
      return entry.progress.summary(entry.state)
    },
    pause: ({ id }) => stopAs(id, 'paused'),
    cancel: ({ id }) => stopAs(id, 'cancelled'),
    async resume({ id }) {
      const entry = list.get(id)
      if (entry.state.status !== 'done') await wait(entry)
    },
    async rerunFailed({ id }) {
      const entry = list.get(id)
      await worker.stop(id)
      const failed = await failedRows(entry, await opened.open(entry))
      entry.progress.takeBack(failed.size - entry.redone.size)
      entry.redone = failed
      await wait(entry)
    },
    async remove({ id }) {
      const { directory } = list.get(id)
      await worker.stop(id)
      list.forget(id)
      opened.forget(id)
      await removeRunFolder(directory)
      list.announceRemoval(id)
    },
    templatesChanged() {
      const id = worker.current()
      const entry = list.all().find(({ record }) => record.id === id)
      if (entry === undefined || deps.material.isThere(entry.record.template)) return
      stopAs(entry.record.id, 'paused').catch(deps.running.onUnexpectedError)
    },
    async resumeInterrupted() {
      for (const entry of list.all()) {
        const isLeft = entry.state.status === 'running' && entry.record.id !== worker.current()
        if (isLeft) await list.setState(entry, 'waiting', null)
      }
      worker.next()
    },
  }
}

/** @returns the keys of failed answers, see `resultKey`. */
async function failedRows({ record }: RunEntry, run: OpenRun): Promise<Set<string>> {
  const failed = new Set<string>()
  for (const { id: arm } of record.arms) {
    for (const { row, error } of await run.resultsOf(arm)) {
      if (error !== null) failed.add(resultKey(arm, row))
    }
  }
  return failed
}
