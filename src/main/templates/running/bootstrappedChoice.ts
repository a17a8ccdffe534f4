import { createRandom, shuffled } from '../../../shared/domain/random.ts'
import { exampleOutput } from '../../../shared/domain/template/exampleOutput.ts'
import type { Example, Template } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import type { ChoiceInput, PlannedChoice } from './plannedChoice.ts'

/** Sets that are drawn and tried. */
const sets = 8

/**
 * Bootstrapped choice (`BootstrapFewShotWithRandomSearch` of DSPy, Khattab et al. 2023): the template
 * as it is written answers one half of the rows, and those that it gets right become examples, with
 * what they expect. Sets of them, drawn at random and of any size up to the wanted one, answer the
 * other half; the one with which most are right is kept, if that is more than without examples and
 * with those of the template. Unlike there, the halves never overlap, and no set is filled up with
 * rows that the model got wrong.
 */
export function planBootstrapped({ template, rows, most, seed }: ChoiceInput): PlannedChoice {
  const half = Math.floor(rows.length / 2)
  const taught = rows.slice(0, half)
  const tried = rows.slice(half)
  const of = tried.length
  return {
    total: taught.length + of * (2 + sets),
    async choose(trial, tell) {
      const none = await trial(tried, template, { kind: 'none' })
      tell({ type: 'without', right: none.size, of, rows: rows.map(({ id }) => id) })
      const written = await trial(tried, template, template.choice)
      tell({ type: 'written', right: written.size, of })
      const learned = await trial(taught, template, template.choice)
      const pool = taught
        .filter(({ id }) => learned.has(id))
        .flatMap((row) => asExample(template, row))
      const random = createRandom(seed)
      let best = Math.max(none.size, written.size)
      for (let set = 0; set < sets && pool.length > 0; set += 1) {
        const size = 1 + Math.floor(random() * Math.min(most, pool.length))
        const examples = shuffled(pool, random).slice(0, size)
        const { size: right } = await trial(tried, { ...template, examples }, { kind: 'all' })
        if (right <= best) continue
        best = right
        tell({ type: 'set', right, of, examples })
      }
    },
  }
}

function asExample({ format }: Template, { id, values, expected }: TestRow): Example[] {
  const output = expected === null ? null : exampleOutput(format, expected)
  return output === null ? [] : [{ id, values, output, note: '', enabled: true }]
}
