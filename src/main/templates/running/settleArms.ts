import { enabledExamples, type Template } from '../../../shared/domain/template/template.ts'
import type { Arm } from '../../../shared/domain/testRun/arm.ts'
import { listed } from '../../../shared/domain/listed.ts'
import { variedArm } from './armsOfPlan.ts'
import { distinctArms, type PlannedArms } from './distinctArms.ts'
import type { VectorCache } from './nearestExamples.ts'
import { variedExamples } from './variedExamples.ts'

/** Numbers of examples that a name has room for. */
const mostNumbers = 8

/**
 * Chooses the examples of arms that leave it to their likeness, once and for all: a run says which
 * ones it had, and has the same when it is resumed.
 *
 * @throws AppError what the embedder throws.
 */
export async function settleArms(
  { arms, notRun }: PlannedArms,
  templateOf: (version: number) => Template,
  vectors: VectorCache,
  signal: AbortSignal,
): Promise<PlannedArms> {
  if (!arms.some(({ examples }) => examples.kind === 'varied')) return { arms, notRun }
  const settled: Arm[] = []
  for (const arm of arms) settled.push(await settle(arm, templateOf(arm.version), vectors, signal))
  // What was chosen may be what another arm has.
  const distinct = distinctArms(settled, templateOf)
  return { arms: distinct.arms, notRun: [...notRun, ...distinct.notRun] }
}

async function settle(
  arm: Arm,
  template: Template,
  vectors: VectorCache,
  signal: AbortSignal,
): Promise<Arm> {
  if (arm.examples.kind !== 'varied') return arm
  const chosen = await variedExamples(vectors, template, arm.examples.count, signal)
  const ids = chosen.map(({ id }) => id)
  const name = arm.id === variedArm ? `${arm.name} (${numbersOf(template, ids)})` : arm.name
  return { ...arm, name, examples: { kind: 'ids', ids } }
}

/** `examples 1, 4 and 7`, as the editor counts those that are on. */
function numbersOf(template: Template, ids: readonly string[]): string {
  const numbers = enabledExamples(template).flatMap(({ id }, index) =>
    ids.includes(id) ? [String(index + 1)] : [],
  )
  const shown = numbers.slice(0, mostNumbers)
  const more = numbers.length - shown.length
  const which = ids.length === 1 ? 'example' : 'examples'
  return `${which} ${listed(more === 0 ? shown : [...shown, `${String(more)} more`])}`
}
