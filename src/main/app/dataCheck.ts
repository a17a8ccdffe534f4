import type { CheckProgress, CheckResult, RepairResult } from '../../shared/contract/data.ts'
import type { CheckedStore, DataFault } from '../../shared/domain/dataFault.ts'
import { AppError, throwIfAborted } from '../../shared/errors.ts'
import { createAsideFiles, type AsideFiles } from '../disk/asideFiles.ts'
import { unreadable, type CheckTask, type FoundFault } from '../disk/checkTask.ts'
import type { Paths } from '../disk/paths.ts'
import { createMutex } from '../flow/mutex.ts'

/** A task of a part of the data folder. */
export interface StoreTask {
  readonly store: CheckedStore
  readonly task: CheckTask
}

export type OnProgress = (progress: CheckProgress) => void

/** Checks the whole data folder, and repairs what is damaged. One check or repair at a time. */
export interface DataCheck {
  /**
   * @param wholeModels whether the files of models are read in full.
   * @throws AppError `cancelled`.
   */
  check(wholeModels: boolean, onProgress: OnProgress, signal: AbortSignal): Promise<CheckResult>
  /**
   * Repairs faults of the last check and checks their files again. Ids of other faults are left out.
   *
   * @throws AppError `cancelled`: what was repaired until then stays so.
   */
  repair(ids: readonly string[], onProgress: OnProgress, signal: AbortSignal): Promise<RepairResult>
}

export interface DataCheckDeps {
  readonly tasks: (wholeModels: boolean) => Promise<readonly StoreTask[]>
  readonly paths: Pick<Paths, 'root' | 'setAside'>
  /** Resolves when documents that a repair reads again are read, or wait for a person. */
  readonly settled: (signal: AbortSignal) => Promise<void>
  readonly now: () => number
}

interface KnownFault {
  readonly told: DataFault
  readonly runRepair: FoundFault['runRepair']
  readonly of: StoreTask
}

export function createDataCheck({ tasks, paths, settled, now }: DataCheckDeps): DataCheck {
  const exclusive = createMutex()
  let known = new Map<string, KnownFault>()

  async function check(
    wholeModels: boolean,
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<CheckResult> {
    const all = await tasks(wholeModels)
    const found = await look(all, throttled(onProgress, now), signal)
    known = new Map(found.map((one) => [one.told.id, one]))
    return { files: countFiles(all), faults: toldOf(known) }
  }

  async function repair(
    ids: readonly string[],
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<RepairResult> {
    const wanted = ids.flatMap((id) => known.get(id) ?? [])
    const aside = createAsideFiles(paths, now)
    const problem = await repairAll(wanted, aside, onProgress, signal)
    await settled(signal)
    const again = [...new Set(wanted.map(({ of }) => of))]
    const found = await look(again, throttled(onProgress, now), signal)
    const elsewhere = [...known.values()].filter(({ of }) => !again.includes(of))
    known = new Map([...elsewhere, ...found].map((one) => [one.told.id, one]))
    return {
      repaired: wanted.map(({ told }) => told.id).filter((id) => !known.has(id)),
      faults: toldOf(known),
      setAside: aside.isUsed() ? aside.folder : null,
      problem,
    }
  }

  return {
    check: (...given) => exclusive(() => check(...given)),
    repair: (...given) => exclusive(() => repair(...given)),
  }
}

async function look(
  all: readonly StoreTask[],
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<readonly KnownFault[]> {
  const total = countFiles(all)
  const found: KnownFault[] = []
  let done = 0
  for (const of of all) {
    throwIfAborted(signal)
    const { name, files } = of.task
    onProgress({ done, total, name, fraction: null })
    const onFraction = (fraction: number): void => onProgress({ done, total, name, fraction })
    for (const fault of await findIn(of.task, onFraction, signal)) {
      const { runRepair, ...told } = fault
      found.push({ told: { id: idOf(of, fault), store: of.store, ...told }, runRepair, of })
    }
    done += files
  }
  return found
}

/** A file that the system refuses to read is a fault, and no reason to end the check. */
async function findIn(
  task: CheckTask,
  onFraction: (fraction: number) => void,
  signal: AbortSignal,
): Promise<readonly FoundFault[]> {
  try {
    return await task.find(signal, onFraction)
  } catch (error) {
    const { name } = task
    return [
      { name, file: name, kind: unreadable(error), lines: null, repair: null, runRepair: null },
    ]
  }
}

function idOf({ store }: StoreTask, { name, file, kind }: FoundFault): string {
  return [store, name, file, kind].join(' ')
}

/** @returns why a repair failed, as a sentence; the others are still done. */
async function repairAll(
  faults: readonly KnownFault[],
  aside: AsideFiles,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<string | null> {
  let problem: string | null = null
  for (const [done, { told, runRepair }] of faults.entries()) {
    throwIfAborted(signal)
    onProgress({ done, total: faults.length, name: told.name, fraction: null })
    try {
      await runRepair?.(aside)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      problem ??= error.message
    }
  }
  return problem
}

function toldOf(known: ReadonlyMap<string, KnownFault>): readonly DataFault[] {
  return [...known.values()].map(({ told }) => told)
}

function countFiles(all: readonly StoreTask[]): number {
  return all.reduce((sum, { task }) => sum + task.files, 0)
}

/** Milliseconds between two messages about progress. */
const everyMs = 100

function throttled(onProgress: OnProgress, now: () => number): OnProgress {
  let last = -Infinity
  return (progress) => {
    if (now() - last < everyMs) return
    last = now()
    onProgress(progress)
  }
}
