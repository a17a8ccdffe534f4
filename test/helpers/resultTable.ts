import type { Arm } from '../../src/shared/domain/testRun/arm.ts'
import type { RowResult } from '../../src/shared/domain/testRun/run.ts'
import type { RunEvidence } from '../../src/shared/domain/testRun/verdict/evidence.ts'
import type { MadeArm } from './runEvidence.ts'

/** Two arms, counted row by row. */
export interface CountedPair {
  readonly a: string
  readonly b: string
  readonly better: number
  readonly worse: number
  /** Whether the corrected p value is below 0.05. */
  readonly real: boolean
  /** Ends of the interval of the difference. */
  readonly low: number
  readonly high: number
}

/** What a run shows, counted from its results without the app's own statistics. */
export interface ResultTable {
  readonly arms: readonly Arm[]
  readonly rows: number
  readonly pairs: readonly CountedPair[]
  readonly results: (id: string) => readonly RowResult[]
  readonly answered: (id: string) => readonly RowResult[]
  readonly wrong: (id: string) => readonly RowResult[]
  /** Share right of the rows that are judged; null for none. */
  readonly share: (id: string) => number | null
  /** Wilson's interval of that share. */
  interval(id: string): { readonly low: number; readonly high: number }
  pair(a: string, b: string): CountedPair | undefined
  /** The arm with the greatest share; the earlier one of equals. */
  best(among: readonly Arm[]): Arm | undefined
}

export function tableOf(
  made: readonly MadeArm[],
  rows: number,
  { comparisons }: Pick<RunEvidence, 'comparisons'>,
): ResultTable {
  const byArm = new Map(made.map(([{ id }, results]) => [id, results]))
  const results = (id: string): readonly RowResult[] => byArm.get(id) ?? []
  const judged = (id: string) => results(id).filter(({ score }) => score !== null)
  const right = (id: string) => judged(id).filter(({ score }) => score?.exactMatch === true)
  const share = (id: string): number | null =>
    judged(id).length === 0 ? null : right(id).length / judged(id).length
  const counted = comparisons.map(({ a, b, difference }) => {
    const rightB = new Map(judged(b).map(({ row, score }) => [row, score?.exactMatch === true]))
    const both = judged(a).filter(({ row }) => rightB.has(row))
    const better = both.filter(
      (one) => one.score?.exactMatch === false && rightB.get(one.row) === true,
    )
    const worse = both.filter(
      (one) => one.score?.exactMatch === true && rightB.get(one.row) === false,
    )
    const { low, high } = difference
    return { a, b, better: better.length, worse: worse.length, low, high }
  })
  const corrected = holm(counted.map(({ better, worse }) => signTest(better, worse)))
  const pairs = counted.map((one, index) => ({ ...one, real: (corrected[index] ?? 1) < 0.05 }))
  return {
    arms: made.map(([arm]) => arm),
    rows,
    pairs,
    results,
    answered: (id) => results(id).filter(({ error }) => error === null),
    wrong: (id) => judged(id).filter(({ score }) => score?.exactMatch === false),
    share,
    interval: (id) => wilson(right(id).length, judged(id).length),
    pair: (a, b) => pairs.find((one) => one.a === a && one.b === b),
    best: (among) =>
      among.reduce<Arm | undefined>((best, arm) => {
        const own = share(arm.id)
        if (own === null) return best
        return best === undefined || own > (share(best.id) ?? -1) ? arm : best
      }, undefined),
  }
}

/** Twice the tail of tosses of a fair coin, added up one by one. */
function signTest(better: number, worse: number): number {
  const tosses = better + worse
  let ways = 1
  let tail = 0
  for (let heads = 0; heads <= Math.min(better, worse); heads += 1) {
    tail += ways / 2 ** tosses
    ways = (ways * (tosses - heads)) / (heads + 1)
  }
  return Math.min(1, 2 * tail)
}

/** Holm (1979), as it is defined: the smallest of n times n, the next times n − 1 … */
function holm(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const upTo = values.filter((one) => one <= value).toSorted((a, b) => a - b)
    return Math.min(1, Math.max(...upTo.map((one, rank) => one * (values.length - rank))))
  })
}

function wilson(right: number, of: number): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 }
  const [share, z] = [right / of, 1.959964]
  const middle = share + z ** 2 / (2 * of)
  const half = z * Math.sqrt((share * (1 - share)) / of + (z / (2 * of)) ** 2)
  const all = 1 + z ** 2 / of
  return { low: (middle - half) / all, high: (middle + half) / all }
}
