import { stat } from 'node:fs/promises'
import { rowResult, runRecord } from '../../../shared/domain/testRun/run.ts'
import { testRow } from '../../../shared/domain/testRun/testSet.ts'
import { fileTask, unreadable, type CheckTask, type FoundFault } from '../../disk/checkTask.ts'
import { replaceFile } from '../../disk/durableFile.ts'
import { findJsonFault } from '../../disk/jsonFault.ts'
import { parseJson } from '../../disk/jsonFile.ts'
import { readLineFile } from '../../disk/lineFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import type { RunEntry } from './runEntry.ts'
import { runFiles, runState, writeRecord, writeState } from './runFolder.ts'
import { countResults } from './resultLines.ts'

export interface RunChecksDeps {
  readonly runs: readonly RunEntry[]
  /** What a person calls a run. */
  readonly nameOf: (run: RunEntry) => string
  /** Whether a run writes results at the moment: its files are not looked at then. */
  readonly isAtWork: (run: RunEntry) => boolean
  /** Called after a file of a run was written again. */
  readonly changed: (run: RunEntry) => void
}

/** The check of the files of each run. Figures are not among them: they are computed again. */
export function runChecks(deps: RunChecksDeps): readonly CheckTask[] {
  return deps.runs.flatMap((run) => {
    const files = runFiles(run.directory)
    const name = deps.nameOf(run)
    return [
      jsonTask(name, files.record, run, deps),
      jsonTask(`${name}: state`, files.state, run, deps),
      linesTask(`${name}: rows`, files.rows, run, deps),
      linesTask(`${name}: results`, files.results, run, deps),
    ]
  })
}

/** The record and the state are in memory. */
function jsonTask(name: string, file: string, run: RunEntry, deps: RunChecksDeps): CheckTask {
  const isRecord = file === runFiles(run.directory).record
  return fileTask(name, file, async () => {
    if (deps.isAtWork(run)) return null
    const kind = await findJsonFault(file, isRecord ? runRecord : runState)
    if (kind === null || (await isGone(run))) return null
    const runRepair: FoundFault['runRepair'] = async (aside) => {
      await aside.copy(file)
      if (isRecord) await writeRecord(run.directory, run.record)
      else await writeState(run.directory, { ...run.state, ...run.progress.counts() })
    }
    return { kind, lines: null, repair: 'write-again', runRepair }
  })
}

function linesTask(name: string, file: string, run: RunEntry, deps: RunChecksDeps): CheckTask {
  const isResults = file === runFiles(run.directory).results
  return fileTask(name, file, async () => {
    if (deps.isAtWork(run)) return null
    const found = await findLines(file, isResults ? rowResult : testRow)
    // A run that has not begun has no results.
    const isNew = found.kind === 'missing' && isResults && run.progress.counts().done === 0
    if (found.kind === null || isNew || (await isGone(run))) return null
    const { kind, lines, good } = found
    if (kind === 'missing') return { kind, lines, repair: null, runRepair: null }
    const runRepair: FoundFault['runRepair'] = async (aside) => {
      // A run that has begun since answers the rows again that cannot be read.
      if (deps.isAtWork(run)) return
      await aside.copy(file)
      await replaceFile(file, good.map((line) => `${line}\n`).join(''))
      if (isResults) run.progress.recount(await countResults(file))
      await writeState(run.directory, { ...run.state, ...run.progress.counts() })
      deps.changed(run)
    }
    return { kind, lines, repair: 'keep-readable', runRepair }
  })
}

interface FoundLines {
  readonly kind: 'lines' | 'missing' | 'unreadable' | null
  readonly lines: number | null
  /** The lines that can be read. */
  readonly good: readonly string[]
}

async function findLines(
  file: string,
  schema: typeof rowResult | typeof testRow,
): Promise<FoundLines> {
  const good: string[] = []
  try {
    const read = await readLineFile(file, (line) => {
      const text = line.toString('utf8')
      const isGood = parseJson<unknown>(text, schema) !== undefined
      if (isGood) good.push(text)
      return isGood
    })
    if (read === undefined) return { kind: 'missing', lines: null, good }
    if (read.broken === 0) return { kind: null, lines: null, good }
    return { kind: 'lines', lines: read.broken, good }
  } catch (error) {
    return { kind: unreadable(error), lines: null, good: [] }
  }
}

/** Whether the run was removed meanwhile, or its template. */
async function isGone({ directory }: RunEntry): Promise<boolean> {
  return (await stat(directory).catch(whenMissing(null))) === null
}
