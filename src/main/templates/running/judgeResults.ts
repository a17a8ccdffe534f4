import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import type { Arm, RunPlan } from '../../../shared/domain/testRun/arm.ts'
import { compareArms, outcomesOf } from '../../../shared/domain/testRun/compareArms.ts'
import { computeFigures } from '../../../shared/domain/testRun/computeFigures.ts'
import type { ArmFigures, Comparison, Verdict } from '../../../shared/domain/testRun/figures.ts'
import type { RowResult } from '../../../shared/domain/testRun/run.ts'
import { judgeRun } from '../../../shared/domain/testRun/verdict/judgeRun.ts'

export interface JudgedRun {
  readonly arms: Readonly<Record<string, ArmFigures>>
  readonly comparisons: readonly Comparison[]
  readonly verdict: Verdict
}

export interface JudgeInput {
  readonly plan: RunPlan
  readonly arms: readonly Arm[]
  /** By version. */
  readonly templates: ReadonlyMap<number, Template>
  /** How many rows each arm answers when all is done. */
  readonly rows: number
  /** By arm; the latest of each row. */
  readonly results: ReadonlyMap<string, readonly RowResult[]>
  /** Computes figures, or remembers them. */
  readonly figuresOf?: FiguresOf
}

export type FiguresOf = (
  arm: string,
  format: OutputFormat,
  results: readonly RowResult[],
) => ArmFigures

/** Figures, comparisons and the verdict of a run, as far as it has come. */
export function judgeResults({
  plan,
  arms,
  templates,
  rows,
  results,
  figuresOf = (_, format, own) => computeFigures(format, own),
}: JudgeInput): JudgedRun {
  const begun = arms.filter(({ id }) => (results.get(id)?.length ?? 0) > 0)
  const figures = Object.fromEntries(
    begun.flatMap(({ id, version }) => {
      const template = templates.get(version)
      if (template === undefined) return []
      return [[id, figuresOf(id, template.format, results.get(id) ?? [])]]
    }),
  )
  const outcomes = new Map(begun.map(({ id }) => [id, outcomesOf(results.get(id) ?? [])]))
  const comparisons = compareArms(plan, begun, outcomes)
  const verdict = judgeRun({ plan, arms, figures, comparisons, rows, templates })
  return { arms: figures, comparisons, verdict }
}
