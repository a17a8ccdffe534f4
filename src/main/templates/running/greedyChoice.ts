import { createRandom, shuffled } from '../../../shared/domain/random.ts'
import { enabledExamples } from '../../../shared/domain/template/template.ts'
import type { ChoiceInput, PlannedChoice } from './plannedChoice.ts'

/** Examples that are tried at each step; a whole large pool would take hours. */
const mostTried = 24

/**
 * Greedy forward choice: each step tries every candidate after the examples chosen so far and keeps
 * the one with the most right answers, until none improves on that.
 */
export function planGreedy({ template, rows, most: wanted, seed }: ChoiceInput): PlannedChoice {
  const pool = shuffled(enabledExamples(template), createRandom(seed))
    .slice(0, mostTried)
    .map(({ id }) => id)
  const most = Math.min(wanted, pool.length)
  const trials = Array.from({ length: most }, (_, step) => pool.length - step)
  return {
    total: rows.length * (1 + trials.reduce((sum, tried) => sum + tried, 0)),
    async choose(trial, tell) {
      const rightWith = async (ids: readonly string[]): Promise<number> =>
        (await trial(rows, template, { kind: 'ids', ids: [...ids] })).size
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
    },
  }
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
