import type { AppContract } from '../../../shared/contract/index.ts'
import type { SuggestItem, SuggestMethod } from '../../../shared/contract/testRuns.ts'
import { createRandom, shuffled } from '../../../shared/domain/random.ts'
import { AppError } from '../../../shared/errors.ts'
import { createAsyncQueue } from '../../../shared/rpc/asyncQueue.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import { planBootstrapped } from './bootstrappedChoice.ts'
import { planGreedy } from './greedyChoice.ts'
import type { ChoiceInput, PlannedChoice } from './plannedChoice.ts'
import type { RunMaterial } from './ports.ts'
import type { RunArmsDeps } from './runArms.ts'
import { createTrial } from './trial.ts'

type Suggest = Handlers<AppContract>['testRuns']['suggestExamples']

const plans: Readonly<Record<SuggestMethod, (input: ChoiceInput) => PlannedChoice>> = {
  greedy: planGreedy,
  bootstrapped: planBootstrapped,
}

/** Fixed, so that rows and candidates are the same each time. */
const seed = 1

/**
 * Suggests examples. It can be stopped at any time, and changes nothing. A caller that uses the
 * suggestion must exclude the rows that it was chosen on from tests.
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
  // At least as many rows remain for testing.
  const count = Math.min(input.rows, Math.floor(scored.length / 2))
  if (count < 5) {
    throw new AppError(
      'invalid-input',
      'A choice takes at least ten rows with expected answers: half to choose on, half to test with. Add rows.',
    )
  }
  const rows = shuffled(scored, createRandom(seed)).slice(0, count)
  await deps.model((fraction) => tell({ type: 'loading-model', fraction }), signal)
  const { total, choose } = plans[input.method]({ template, rows, most: input.most, seed })
  let done = 0
  const onRow = (): void => tell({ type: 'progress', done: ++done, total })
  await choose(createTrial(deps, onRow, signal), tell)
  tell({ type: 'done' })
}
