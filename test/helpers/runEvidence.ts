import type { Template } from '../../src/shared/domain/template/template.ts'
import type { Arm, RunPlan } from '../../src/shared/domain/testRun/arm.ts'
import { compareArms, outcomesOf } from '../../src/shared/domain/testRun/compareArms.ts'
import { computeFigures } from '../../src/shared/domain/testRun/computeFigures.ts'
import type { Unjudged } from '../../src/shared/domain/testRun/notJudged.ts'
import type { RowResult } from '../../src/shared/domain/testRun/run.ts'
import type { RunEvidence } from '../../src/shared/domain/testRun/verdict/evidence.ts'
import { labelScore, madeResult } from './runResults.ts'
import { labelTemplate } from './templates.ts'

/** An arm and what it answered. */
export type MadeArm = readonly [arm: Arm, results: readonly RowResult[]]

/** The figures of a run, computed from results as the app does. */
export function evidenceOf(
  plan: RunPlan,
  made: readonly MadeArm[],
  {
    template = labelTemplate(),
    rows,
    unjudged = { rows: [], fields: [] },
    notRun = [],
  }: {
    readonly template?: Template
    readonly rows?: number
    readonly unjudged?: Unjudged
    readonly notRun?: readonly string[]
  } = {},
): RunEvidence {
  const arms = made.map(([arm]) => arm)
  return {
    plan,
    arms,
    figures: Object.fromEntries(
      made.map(([{ id }, results]) => [id, computeFigures(template.format, results)]),
    ),
    comparisons: compareArms(
      plan,
      arms,
      new Map(made.map(([{ id }, results]) => [id, outcomesOf(results)])),
    ),
    rows: rows ?? Math.max(...made.map(([, results]) => results.length)),
    templates: new Map(arms.map(({ version }) => [version, template])),
    unjudged,
    notRun,
    failures: Object.fromEntries(
      made.flatMap(([{ id }, results]) => {
        const message = results.find(({ error }) => error !== null)?.error?.message
        return message === undefined ? [] : [[id, message]]
      }),
    ),
  }
}

/**
 * Rows that are right or wrong, from counts: `40r 20w` is forty that are right and then twenty that
 * are not. Half of the rows expect `good` and half `bad`, so that no label is ahead; `x` is outside
 * of the format, `f` has no answer.
 */
export function answers(counts: string, own: Partial<RowResult> = {}): RowResult[] {
  const letters = counts.split(' ').flatMap((part) => {
    const letter = part.slice(-1)
    return Array.from({ length: Number(part.slice(0, -1)) }, () => letter)
  })
  return letters.map((letter, row) => {
    const [expected, other] =
      row % 2 === 0 ? (['good', 'bad'] as const) : (['bad', 'good'] as const)
    const given = letter === 'r' ? expected : letter === 'w' ? other : null
    const result = madeResult(row, { score: labelScore(expected, given), ...own })
    if (letter === 'x') return { ...result, check: broken(result) }
    if (letter !== 'f') return result
    const error = { code: 'host-crashed' as const, message: 'The model stopped.' }
    return { ...result, check: broken(result), stop: 'failed', error }
  })
}

function broken({ check }: RowResult): RowResult['check'] {
  return { ...check, parseable: false, inDomain: false, value: null }
}
