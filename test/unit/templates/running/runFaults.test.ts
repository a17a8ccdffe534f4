import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, vi } from 'vitest'
import { countResults } from '../../../../src/main/templates/running/resultLines.ts'
import { openResultsFile } from '../../../../src/main/templates/running/resultsFile.ts'
import {
  createRunFolder,
  findRuns,
  readRows,
  removeRunFolder,
  resultsOf,
  writeState,
} from '../../../../src/main/templates/running/runFolder.ts'
import type { RowResult, RunRecord } from '../../../../src/shared/domain/testRun/run.ts'
import { moodRows } from '../../../helpers/runMaterial.ts'
import { madeArm, madeResult } from '../../../helpers/runResults.ts'
import { testFaults, type FaultScenario } from '../../../helpers/tryFaults.ts'

vi.mock('node:fs/promises', async (load) => {
  const { breakDisk } = await import('../../../helpers/faultyDisk.ts')
  return breakDisk(await load())
})

const fail = (sentence: string) => expect.fail(sentence)

function recordOf(id: string): RunRecord {
  return {
    schema: 1,
    id,
    template: 'mood',
    plan: { kind: 'test', versions: [1], method: 'generate' },
    arms: [madeArm('few-shot')],
    testSet: { id: 's', name: 'Rows' },
    rows: moodRows(3).map(({ id: row }) => row),
    model: null,
    embedder: 'e',
    decoding: { temperature: 0, seed: 0, maxTokens: 100, grammar: true },
    appVersion: '0.1.0',
    startedAt: '2026-01-01T00:00:00.000Z',
  }
}

const folderOf = (root: string, id: string): string => path.join(root, 'mood', 'runs', id)

function create(root: string, id: string): Promise<void> {
  return createRunFolder(folderOf(root, id), recordOf(id), moodRows(3))
}

async function addResults(root: string, results: readonly RowResult[]): Promise<void> {
  const file = await openResultsFile(resultsOf({ directory: folderOf(root, 'a') }))
  try {
    for (const result of results) await file.add(result)
  } finally {
    await file.close()
  }
}

/** @param change of a run of three rows, one of which is answered. */
function runs(change: (root: string) => Promise<unknown>): FaultScenario {
  return {
    async prepare(root) {
      await create(root, 'a')
      await addResults(root, [madeResult(1)])
    },
    open: (root) =>
      Promise.resolve({
        change: () => change(root),
        next: () => create(root, 'z'),
        async shown() {
          const found = await findRuns(root, fail)
          return Promise.all(
            found
              .sort((a, b) => (a.record.id < b.record.id ? -1 : 1))
              .map(async (run) => [
                run.record,
                run.state,
                await readRows(run.directory),
                await countResults(resultsOf(run)),
                existsSync(run.directory),
              ]),
          )
        },
      }),
  }
}

const scenarios: Readonly<Record<string, FaultScenario>> = {
  'a run that is started': runs((root) => create(root, 'b')),
  'the state of a run': runs((root) =>
    writeState(folderOf(root, 'a'), { status: 'paused', message: null, done: 1, failed: 0 }),
  ),
  'a result': runs((root) => addResults(root, [madeResult(2, { reply: 'ä€𝄞'.repeat(50) })])),
  'a run that is removed': runs((root) => removeRunFolder(folderOf(root, 'a'))),
}

testFaults(scenarios, 100)
