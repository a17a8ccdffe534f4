import { formatDecimal } from '../../shared/domain/localFormat.ts'
import type { ArmFigures } from '../../shared/domain/testRun/figures.ts'
import {
  countNotJudged,
  notJudgedInWords,
  type NotJudged,
} from '../../shared/domain/testRun/notJudged.ts'

/** What a guard looks at. */
export interface Guarded {
  /** Rows that were tested. */
  readonly rows: number
  readonly notJudged: readonly NotJudged[]
  /** Figures of the arms that ask a model: one without a model says nothing of the template. */
  readonly asking: readonly ArmFigures[]
}

interface Guard {
  /** Least share of the judged rows that the best arm must have right, 0 to 1; null: any. */
  readonly minAccuracy: number | null
  /** Whether rows may stay without a judgement. */
  readonly allowUnjudged: boolean
}

/** Why a test does not pass, a sentence each; empty if it does. */
export function guardProblems(tested: Guarded, guard: Guard): readonly string[] {
  if (tested.rows === 0) {
    const why = notJudgedInWords(tested.notJudged)
    return [why === '' ? 'No row was tested.' : `No row was tested: ${why}.`]
  }
  const { asking } = tested
  if (asking.length > 0 && asking.every(({ n, failed }) => n === failed)) {
    return ['No row was answered.']
  }
  const { minAccuracy, allowUnjudged } = guard
  if (minAccuracy === null) return []
  return [
    ...(countNotJudged(tested.notJudged) > 0 && !allowUnjudged
      ? [`${notJudgedInWords(tested.notJudged)}. --allow-unjudged accepts that.`]
      : []),
    ...accuracyProblem(asking, minAccuracy),
  ]
}

function accuracyProblem(asking: readonly ArmFigures[], wanted: number): readonly string[] {
  const shares = asking.flatMap(({ exactMatch }) => exactMatch?.value ?? [])
  if (shares.length === 0) {
    return [`No row could be judged; ${String(wanted)} of them right was asked for.`]
  }
  const best = Math.max(...shares)
  if (best >= wanted) return []
  return [`${formatDecimal(best, 3)} of the rows are right; ${String(wanted)} was asked for.`]
}
