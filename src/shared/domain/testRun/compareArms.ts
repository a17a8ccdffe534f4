import { holm } from '../statistics/holm.ts'
import { mcnemarExact } from '../statistics/mcnemar.ts'
import { pairedDifference, type PairedCounts } from '../statistics/newcombe.ts'
import type { Arm, RunPlan } from './arm.ts'
import { armPairs, type ArmPair } from './armPairs.ts'
import type { Comparison } from './figures.ts'
import type { RowResult } from './run.ts'
import { formatCount, plural } from '../localFormat.ts'
import { inSentence, pointRange, points, pValue } from './words.ts'

/** Whether each row is right, by the id of the row. Rows of which nothing is expected are missing. */
export type Outcomes = ReadonlyMap<string, boolean>

/** What differs by chance in 1 run of 20 is not called real. */
const significant = 0.05

/** Of two results of a row the later one counts. */
export function outcomesOf(results: Iterable<RowResult>): Outcomes {
  const outcomes = new Map<string, boolean>()
  for (const { row, score } of results) if (score !== null) outcomes.set(row, score.exactMatch)
  return outcomes
}

/**
 * Compares the arms of a run pair by pair, on the rows that both have: McNemar's exact test,
 * corrected after Holm over all pairs of the run, and Newcombe's interval of the difference.
 * @param outcomes by the id of the arm; pairs without a row in common are left out
 */
export function compareArms(
  plan: RunPlan,
  arms: readonly Arm[],
  outcomes: ReadonlyMap<string, Outcomes>,
): Comparison[] {
  const share = (id: string): number | null => shareRight(outcomes.get(id))
  return comparePairs(armPairs(plan, arms, share), (id) => nameOf(arms, id), outcomes)
}

/** The same of pairs that somebody chose, which may come from several runs. */
export function comparePairs(
  pairs: readonly ArmPair[],
  nameOf: (id: string) => string,
  outcomes: ReadonlyMap<string, Outcomes>,
): Comparison[] {
  const counted = pairs.flatMap(({ a, b }) => {
    const counts = pairedCounts(outcomes.get(a), outcomes.get(b))
    const difference = pairedDifference(counts)
    if (difference === null) return []
    return [{ a, b, counts, difference, p: mcnemarExact(counts.onlyB, counts.onlyA) }]
  })
  const adjusted = holm(counted.map(({ p }) => p))
  return counted.map(({ a, b, counts, difference, p }, index) => {
    const pAdjusted = adjusted[index] ?? 1
    const comparison = {
      a,
      b,
      rows: counts.bothRight + counts.onlyA + counts.onlyB + counts.bothWrong,
      better: counts.onlyB,
      worse: counts.onlyA,
      difference,
      p,
      pAdjusted,
      real: pAdjusted < significant,
    }
    return { ...comparison, sentence: inWords(comparison, nameOf, counted.length) }
  })
}

function inWords(
  { a, b, better, worse, difference, pAdjusted, real }: Omit<Comparison, 'sentence'>,
  nameOf: (id: string) => string,
  pairs: number,
): string {
  const names = `${nameOf(b)} against ${inSentence(nameOf(a))}`
  if (better + worse === 0) return `${names}: no row differs.`
  const test = `McNemar ${pValue(pAdjusted)}${pairs > 1 ? ' after Holm' : ''}`
  const size = `${points(difference.value)}, ${pointRange(difference.low, difference.high)}`
  const meaning = real ? `a real difference (${size})` : `within the noise (${size})`
  return `${names}: ${plural(better, 'row')} better, ${formatCount(worse)} worse (${test}): ${meaning}.`
}

function pairedCounts(a: Outcomes | undefined, b: Outcomes | undefined): PairedCounts {
  const counts = { bothRight: 0, onlyA: 0, onlyB: 0, bothWrong: 0 }
  for (const [row, rightA] of a ?? []) {
    const rightB = b?.get(row)
    if (rightB === undefined) continue
    counts[rightA ? (rightB ? 'bothRight' : 'onlyA') : rightB ? 'onlyB' : 'bothWrong'] += 1
  }
  return counts
}

function shareRight(outcomes: Outcomes | undefined): number | null {
  if (outcomes === undefined || outcomes.size === 0) return null
  let right = 0
  for (const one of outcomes.values()) if (one) right += 1
  return right / outcomes.size
}

function nameOf(arms: readonly Arm[], id: string): string {
  return arms.find((arm) => arm.id === id)?.name ?? id
}
