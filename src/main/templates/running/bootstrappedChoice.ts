import { createRandom, shuffled } from '../../../shared/domain/random.ts'
import { exampleOutput } from '../../../shared/domain/template/exampleOutput.ts'
import type { Example, Template } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import type { ChoiceInput, PlannedChoice } from './plannedChoice.ts'

/** Number of sets that are drawn and tried. */
const sets = 8

/**
 * Bootstrapped choice (`BootstrapFewShotWithRandomSearch` of DSPy, Khattab et al. 2023): the
 * template as written answers one half of the rows, and the rows that it gets right become example
 * candidates, with their expected answers. Random sets of them, of any size up to the wanted one,
 * are tried on the other half. The set with the most right answers is kept if it beats no examples
 * and the template's own. Unlike in DSPy, the halves never overlap, and sets aren't filled up with
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
