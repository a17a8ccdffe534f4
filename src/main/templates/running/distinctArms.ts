import { changedDecoding, effectiveDecoding } from '../../../shared/domain/template/decoding.ts'
import {
  enabledExamples,
  type ExampleChoice,
  type Template,
} from '../../../shared/domain/template/template.ts'
import type { Arm } from '../../../shared/domain/testRun/arm.ts'
import { listed } from '../../../shared/domain/listed.ts'
import { inSentence } from '../../../shared/domain/testRun/words.ts'
import { chooseExamples, isStatic } from './chooseExamples.ts'

/** What a plan comes to. */
export interface PlannedArms {
  /** No two of them ask the same. */
  readonly arms: readonly Arm[]
  /** What is not run because it would ask the same as another arm, a sentence each. */
  readonly notRun: readonly string[]
}

/**
 * A choice with the examples that there are: never more than the template has, and `none` where
 * there is nothing to choose from.
 */
export function possibleChoice(template: Template, choice: ExampleChoice): ExampleChoice {
  const pool = enabledExamples(template).length
  switch (choice.kind) {
    case 'none':
      return choice
    case 'all':
    case 'shuffled':
      return pool === 0 ? { kind: 'none' } : choice
    case 'ids': {
      const ids = chooseExamples(template, choice).map(({ id }) => id)
      return ids.length === 0 ? { kind: 'none' } : { kind: 'ids', ids }
    }
    case 'random':
    case 'nearest': {
      const count = Math.min(choice.count, pool)
      return count === 0 ? { kind: 'none' } : { ...choice, count }
    }
    case 'varied':
      // All of them leave nothing to choose.
      return choice.count < pool ? choice : possibleChoice(template, { kind: 'all' })
  }
}

/** Leaves out each arm that would ask the same as an earlier one: comparing the two says nothing. */
export function distinctArms(
  arms: readonly Arm[],
  templateOf: (version: number) => Template,
): PlannedArms {
  const first = new Map<string, { readonly arm: Arm; readonly same: string[] }>()
  for (const arm of arms) {
    const key = askedBy(arm, templateOf(arm.version))
    const before = first.get(key)
    if (before === undefined) first.set(key, { arm, same: [] })
    else before.same.push(inSentence(arm.name))
  }
  const found = [...first.values()]
  return {
    arms: found.map(({ arm }) => arm),
    notRun: found.flatMap(({ arm, same }) => {
      if (same.length === 0) return []
      const because = whySame(arm, templateOf(arm.version))
      const they = same.length === 1 ? 'it isn’t' : 'they aren’t'
      return [`Same prompts as ${inSentence(arm.name)}${because}, so ${they} run: ${listed(same)}.`]
    }),
  }
}

/** What keeps the arms like this one from differing; empty where that is plain to see. */
function whySame(arm: Arm, template: Template): string {
  if (arm.decoding !== undefined) {
    const { temperature } = changedDecoding(template.decoding, arm.decoding)
    return temperature === 0 ? ' at temperature 0, where nothing is drawn' : ''
  }
  const pool = enabledExamples(template).length
  return pool === 0 ? ' without an example' : pool === 1 ? ' with one example only' : ''
}

/** Equal for two arms whose answers can't differ. */
function askedBy(arm: Arm, template: Template): string {
  const { instruction, input, format, layout, decoding, sources } = template
  const { examples } = arm
  const pool = enabledExamples(template)
  // Nearest examples differ from row to row, unless there is only one.
  const shown = isStatic(examples)
    ? chooseExamples(template, examples)
    : pool.length > 1
      ? [examples, pool]
      : pool
  return JSON.stringify([
    arm.method,
    arm.grammar && format.kind !== 'text',
    arm.sources ? sources : null,
    shown,
    { instruction, input, format, layout },
    arm.model ?? null,
    effectiveDecoding(changedDecoding(decoding, arm.decoding)),
  ])
}
