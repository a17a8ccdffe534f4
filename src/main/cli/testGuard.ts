import { formatDecimal, plural } from '../../shared/domain/localFormat.ts'
import type { ArmFigures } from '../../shared/domain/testRun/figures.ts'
import {
  countNotJudged,
  notJudgedInWords,
  type NotJudged,
} from '../../shared/domain/testRun/notJudged.ts'
import type { Guard } from '../templates/reports/report.ts'

/** What a guard looks at. */
export interface Guarded {
  /** Rows that were tested. */
  readonly rows: number
  readonly notJudged: readonly NotJudged[]
  /** Figures of the arms that ask a model: one without a model says nothing of the template. */
  readonly asking: readonly ArmFigures[]
}

export interface Demands {
  /** Least share of the judged rows that the best arm must have right, 0 to 1; null: any. */
  readonly minAccuracy: number | null
  /** Whether rows may stay without a judgement. */
  readonly allowUnjudged: boolean
}

/** What is demanded of a test. Without a demand of its own a row must have been tested and answered. */
export function checkGuards(
  tested: Guarded,
  { minAccuracy, allowUnjudged }: Demands,
): readonly Guard[] {
  const ran = { name: 'Rows are tested and answered', problem: whyNothing(tested) }
  if (ran.problem !== null || minAccuracy === null) return [ran]
  const judged = { name: 'Every row is judged', problem: whyNotJudged(tested) }
  const accuracy = {
    name: `At least ${String(minAccuracy)} of the rows are right`,
    problem: accuracyProblem(tested.asking, minAccuracy),
  }
  return [ran, ...(allowUnjudged ? [] : [judged]), accuracy]
}

function whyNothing({ rows, notJudged, asking }: Guarded): string | null {
  if (rows === 0) {
    const why = notJudgedInWords(notJudged)
    return why === '' ? 'No row was tested.' : `No row was tested: ${why}.`
  }
  const unanswered = asking.length > 0 && asking.every(({ n, failed }) => n === failed)
  return unanswered ? 'No row was answered.' : null
}

function whyNotJudged({ notJudged, asking }: Guarded): string | null {
  const noPassage = Math.max(0, ...asking.map((figures) => figures.noPassage ?? 0))
  const why = [
    ...(countNotJudged(notJudged) === 0 ? [] : [`${notJudgedInWords(notJudged)}.`]),
    ...(noPassage === 0 ? [] : [`${plural(noPassage, 'row')} without a passage to judge by.`]),
  ]
  return why.length === 0 ? null : [...why, '--allow-unjudged accepts that.'].join(' ')
}

function accuracyProblem(asking: readonly ArmFigures[], wanted: number): string | null {
  const shares = asking.flatMap(({ exactMatch }) => exactMatch?.value ?? [])
  if (shares.length === 0) {
    return `No row could be judged; ${String(wanted)} of them right was asked for.`
  }
  const best = Math.max(...shares)
  if (best >= wanted) return null
  return `${formatDecimal(best, 3)} of the rows are right; ${String(wanted)} was asked for.`
}
