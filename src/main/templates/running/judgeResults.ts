import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import type { Arm, RunPlan } from '../../../shared/domain/testRun/arm.ts'
import { compareArms, outcomesOf } from '../../../shared/domain/testRun/compareArms.ts'
import { figureSteps } from '../../../shared/domain/testRun/computeFigures.ts'
import type { ArmFigures, JudgedRun } from '../../../shared/domain/testRun/figures.ts'
import type { Unjudged } from '../../../shared/domain/testRun/notJudged.ts'
import type { RowResult } from '../../../shared/domain/testRun/run.ts'
import { judgeRun } from '../../../shared/domain/testRun/verdict/judgeRun.ts'
import { createTimeSlices } from '../../flow/timeSlices.ts'

/**
 * Version of the rules that turn results into figures, comparisons and a verdict. Stored figures of
 * other versions are computed again. Raise it with every change that affects them.
 */
export const judgingVersion = 7

export interface JudgeInput {
  readonly plan: RunPlan
  readonly arms: readonly Arm[]
  /** By version. */
  readonly templates: ReadonlyMap<number, Template>
  /** Number of rows that each arm has to answer. */
  readonly rows: number
  /** Of these rows and the template: see `findUnjudged`. */
  readonly unjudged: Unjudged
  /** What is not run since it would have asked the same; see `armsOfPlan`. */
  readonly notRun: readonly string[]
  /** By arm; the latest result of each row. */
  readonly results: ReadonlyMap<string, readonly RowResult[]>
  /** Computes figures or returns cached ones. */
  readonly figuresOf?: FiguresOf
}

export type FiguresOf = (
  arm: string,
  format: OutputFormat,
  results: readonly RowResult[],
) => Promise<ArmFigures>

/** Computes the figures of an arm in time slices, since many rows would block the event loop. */
export async function figuresInSlices(
  format: OutputFormat,
  results: readonly RowResult[],
): Promise<ArmFigures> {
  const slices = createTimeSlices()
  const steps = figureSteps(format, results)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (slices.due()) await slices.pause()
  }
}

/** Computes figures, comparisons and the verdict of a run from the results so far. */
export async function judgeResults({
  plan,
  arms,
  templates,
  rows,
  unjudged,
  notRun,
  results,
  figuresOf = (_, format, own) => figuresInSlices(format, own),
}: JudgeInput): Promise<JudgedRun> {
  const begun = arms.filter(({ id }) => (results.get(id)?.length ?? 0) > 0)
  const slices = createTimeSlices()
  const figures: Record<string, ArmFigures> = {}
  const outcomes = new Map<string, ReturnType<typeof outcomesOf>>()
  const failures: Record<string, string> = {}
  for (const { id, version } of begun) {
    const own = results.get(id) ?? []
    const template = templates.get(version)
    if (template !== undefined) figures[id] = await figuresOf(id, template.format, own)
    outcomes.set(id, outcomesOf(own))
    const failed = own.find(({ error }) => error !== null)
    if (failed?.error != null) failures[id] = failed.error.message
    if (slices.due()) await slices.pause()
  }
  const comparisons = compareArms(plan, begun, outcomes)
  const verdict = judgeRun({
    plan,
    arms,
    figures,
    comparisons,
    rows,
    templates,
    unjudged,
    failures,
    notRun,
  })
  return { arms: figures, comparisons, verdict }
}
