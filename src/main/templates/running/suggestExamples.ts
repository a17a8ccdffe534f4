import type { AppContract } from '../../../shared/contract/index.ts'
import type { SuggestItem } from '../../../shared/contract/testRuns.ts'
import { createRandom, shuffled } from '../../../shared/domain/random.ts'
import { enabledExamples, type Template } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { AppError } from '../../../shared/errors.ts'
import { createAsyncQueue } from '../../../shared/rpc/asyncQueue.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import type { RunMaterial } from './ports.ts'
import { runArms, type RunArmsDeps } from './runArms.ts'

type Suggest = Handlers<AppContract>['testRuns']['suggestExamples']

/** Examples that are tried at each step: all of a large pool would take hours. */
const mostTried = 24
/** The same rows and candidates each time. */
const seed = 1

/**
 * Greedy forward choice: each step tries every candidate behind the examples chosen so far and
 * keeps the one with which most rows are right, until none makes it better. It may be stopped at any
 * time, and changes nothing: whoever uses the choice leaves out the rows that it was done on, so that
 * they are not what it is tested on.
 */
export function createSuggestions(deps: RunArmsDeps, material: RunMaterial): Suggest {
  return (input, { signal }) => {
    const items = createAsyncQueue<SuggestItem>(() => undefined)
    suggest(deps, material, input, items.push, signal).then(items.end, items.fail)
    return { [Symbol.asyncIterator]: () => items.iterator }
  }
}

async function suggest(
  deps: RunArmsDeps,
  material: RunMaterial,
  input: Parameters<Suggest>[0],
  tell: (item: SuggestItem) => void,
  signal: AbortSignal,
): Promise<void> {
  const template = await material.version(input.template, input.version)
  const all = await material.includedRows(input.testSet, template)
  const scored = all.filter(({ expected }) => expected !== null)
  // At least as many rows are left to test with.
  const count = Math.min(input.rows, Math.floor(scored.length / 2))
  if (count < 5) {
    throw new AppError(
      'invalid-input',
      'A choice takes at least ten rows with expected answers: half to choose on, half to test with. Add rows.',
    )
  }
  const rows = shuffled(scored, createRandom(seed)).slice(0, count)
  await deps.model((fraction) => tell({ type: 'loading-model', fraction }), signal)
  const pool = shuffled(enabledExamples(template), createRandom(seed))
    .slice(0, mostTried)
    .map(({ id }) => id)
  const most = Math.min(input.most, pool.length)
  const trials = Array.from({ length: most }, (_, step) => pool.length - step)
  const total = rows.length * (1 + trials.reduce((sum, tried) => sum + tried, 0))
  let done = 0
  const rightWith = (ids: readonly string[]): Promise<number> =>
    countRight(
      deps,
      template,
      rows,
      ids,
      () => tell({ type: 'progress', done: ++done, total }),
      signal,
    )

  let right = await rightWith([])
  tell({ type: 'without', right, of: rows.length, rows: rows.map(({ id }) => id) })
  const chosen: string[] = []
  while (chosen.length < most) {
    const best = await bestOf(
      pool.filter((id) => !chosen.includes(id)),
      (id) => rightWith([...chosen, id]),
    )
    if (best === undefined || best.right <= right) break
    right = best.right
    chosen.push(best.id)
    tell({ type: 'step', step: { ...best, of: rows.length } })
  }
  tell({ type: 'done' })
}

async function bestOf(
  ids: readonly string[],
  rightWith: (id: string) => Promise<number>,
): Promise<{ id: string; right: number } | undefined> {
  let best: { id: string; right: number } | undefined
  for (const id of ids) {
    const right = await rightWith(id)
    if (best === undefined || right > best.right) best = { id, right }
  }
  return best
}

async function countRight(
  deps: RunArmsDeps,
  template: Template,
  rows: readonly TestRow[],
  ids: readonly string[],
  onRow: () => void,
  signal: AbortSignal,
): Promise<number> {
  let right = 0
  const arm = {
    id: 'trial',
    name: 'Trial',
    version: 0,
    method: 'generate',
    examples: { kind: 'ids', ids: [...ids] },
    sources: template.sources.retrieve,
    grammar: template.decoding.grammar,
  } as const
  await runArms(
    deps,
    {
      arms: [arm],
      rows,
      templateOf: () => template,
      isDone: () => false,
      modelFile: null,
    },
    {
      armStarted: () => undefined,
      add({ score }) {
        if (score?.exactMatch === true) right += 1
        onRow()
      },
    },
    signal,
  )
  return right
}
