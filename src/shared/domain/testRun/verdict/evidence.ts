import type { Template } from '../../template/template.ts'
import { enabledExamples } from '../../template/template.ts'
import type { Arm, RunPlan } from '../arm.ts'
import type { ArmFigures, Comparison } from '../figures.ts'
import type { Estimate } from '../../statistics/estimate.ts'
import type { Unjudged } from '../notJudged.ts'

/** What a verdict is made of. */
export interface RunEvidence {
  readonly plan: RunPlan
  readonly arms: readonly Arm[]
  /** By the id of the arm; arms that have not started are missing. */
  readonly figures: Readonly<Record<string, ArmFigures>>
  /** Of `compareArms`. */
  readonly comparisons: readonly Comparison[]
  /** How many rows each arm answers when all is done. */
  readonly rows: number
  /** By version; one that cannot be read any more is missing. */
  readonly templates: ReadonlyMap<number, Pick<Template, 'format' | 'examples'>>
  readonly unjudged: Unjudged
  /** Sentences on what is not run, since it would have asked the same as another arm. */
  readonly notRun: readonly string[]
  /** By the id of the arm: why rows got no answer, as the model's process or the app said. */
  readonly failures: Readonly<Record<string, string>>
}

export type Gain = 'gain' | 'loss' | 'none' | 'unclear'

/** Less than this may be gained where it is said that nothing is: ten points. */
const negligible = 0.1

/**
 * What a difference means. A real one is a gain or a loss. One within the noise counts as none if
 * its whole interval is below ten points; otherwise the rows cannot decide.
 */
export function gainOf({ real, difference }: Comparison): Gain {
  if (real) return difference.value > 0 ? 'gain' : 'loss'
  return difference.high < negligible ? 'none' : 'unclear'
}

/** Whether a difference is below ten points in either direction, as far as the rows show. */
export function isAlike({ real, difference }: Comparison): boolean {
  return !real && difference.high < negligible && difference.low > -negligible
}

export function comparisonOf(
  { comparisons }: Pick<RunEvidence, 'comparisons'>,
  a: string,
  b: string,
): Comparison | null {
  return comparisons.find((one) => one.a === a && one.b === b) ?? null
}

/** What share an arm has right; null where nothing is scored. */
export function rightOf({ figures }: Pick<RunEvidence, 'figures'>, id: string): Estimate | null {
  return figures[id]?.exactMatch ?? null
}

/** How many examples are in the prompt of a row; null if that is no longer known. */
export function examplesIn(arm: Arm, templates: RunEvidence['templates']): number | null {
  switch (arm.examples.kind) {
    case 'none':
      return 0
    case 'ids':
      return arm.examples.ids.length
    case 'random':
    case 'nearest':
    case 'varied':
      return arm.examples.count
    case 'all':
    case 'shuffled': {
      const template = templates.get(arm.version)
      return template === undefined ? null : enabledExamples(template).length
    }
  }
}
