import type { Arm } from '../arm.ts'
import {
  comparisonOf,
  examplesIn,
  gainOf,
  rightOf,
  type Gain,
  type RunEvidence,
} from './evidence.ts'

/** All draws of one number of examples. */
export interface Shots {
  readonly number: number
  readonly arms: readonly Arm[]
  /** Mean, lowest and highest share right of the draws. */
  readonly mean: number
  readonly lowest: number
  readonly highest: number
  /** Tokens of a prompt, on average. */
  readonly tokens: number
  /** Against no examples; null for none, or where it was not compared. */
  readonly gain: Gain | null
}

/** The arms of a shot curve by their number of examples, the smallest first. */
export function shotsOf(evidence: RunEvidence): Shots[] {
  const numbers = new Map<number, Arm[]>()
  for (const arm of evidence.arms) {
    const number = examplesIn(arm, evidence.templates)
    if (number === null || rightOf(evidence, arm.id) === null) continue
    numbers.set(number, [...(numbers.get(number) ?? []), arm])
  }
  return [...numbers]
    .sort(([a], [b]) => a - b)
    .map(([number, arms]) => {
      const shares = arms.map(({ id }) => rightOf(evidence, id)?.value ?? 0)
      return {
        number,
        arms,
        mean: meanOf(shares),
        lowest: Math.min(...shares),
        highest: Math.max(...shares),
        tokens: meanOf(arms.map(({ id }) => evidence.figures[id]?.tokens.promptPerRow ?? 0)),
        gain: gainOfDraws(evidence, arms),
      }
    })
}

/** What more than half of the draws come to; unclear where they do not agree. */
function gainOfDraws(evidence: RunEvidence, arms: readonly Arm[]): Gain | null {
  const none = evidence.arms.find(({ examples }) => examples.kind === 'none')
  const gains = arms.flatMap(({ id }) => {
    const comparison = none === undefined ? null : comparisonOf(evidence, none.id, id)
    return comparison === null ? [] : [gainOf(comparison)]
  })
  if (gains.length === 0) return null
  const common = (['gain', 'loss', 'none'] as const).find(
    (gain) => gains.filter((one) => one === gain).length * 2 > gains.length,
  )
  return common ?? 'unclear'
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
