import { nthSeed } from '../../../shared/domain/seed.ts'
import { enabledExamples, type Template } from '../../../shared/domain/template/template.ts'
import type { Arm, LadderArm, RunPlan } from '../../../shared/domain/testRun/arm.ts'
import type { TestedModel } from '../../../shared/domain/testRun/run.ts'
import { assertNever } from '../../../shared/errors.ts'
import { chooseExamples, isStatic } from './chooseExamples.ts'
import { distinctArms, possibleChoice, type PlannedArms } from './distinctArms.ts'
import { modelArms } from './modelArms.ts'
import { voters } from './neighbourVote.ts'

type PlanOf<Kind extends RunPlan['kind']> = Extract<RunPlan, { kind: Kind }>

/** The versions of a template that a plan needs. */
export function versionsOf(plan: RunPlan): readonly number[] {
  return plan.kind === 'test' ? [...new Set(plan.versions)] : [plan.version]
}

/**
 * The arms of a plan in the order of execution. They run one after another, so that the common
 * prefix of an arm's prompts is evaluated once. Arms that can't differ are not run.
 *
 * @param templates by version; must contain those of `versionsOf`.
 * @param models those of a plan that compares models.
 */
export function armsOfPlan(
  plan: RunPlan,
  templates: ReadonlyMap<number, Template>,
  models: readonly TestedModel[] = [],
): PlannedArms {
  const templateOf = (version: number): Template => {
    const found = templates.get(version)
    if (found === undefined) throw new Error(`No template for version ${String(version)}`)
    return found
  }
  const planned = distinctArms(wantedArms(plan, templateOf, models), templateOf)
  if (plan.kind !== 'ladder' || !plan.nearest) return planned
  if (enabledExamples(templateOf(plan.version)).length > 0) return planned
  const notRun = 'There is no example, so the nearest examples aren’t run.'
  return { ...planned, notRun: [...planned.notRun, notRun] }
}

function wantedArms(
  plan: RunPlan,
  templateOf: (version: number) => Template,
  models: readonly TestedModel[],
): readonly Arm[] {
  switch (plan.kind) {
    case 'test':
      return versionsOf(plan).map((version) => ({
        ...asWritten(version, templateOf(version)),
        id: `version-${String(version)}`,
        name: `Version ${String(version)}`,
        method: plan.method,
      }))
    case 'ladder':
      return ladder(plan, templateOf(plan.version))
    case 'shots':
      return shots(plan, templateOf(plan.version))
    case 'order':
      return order(plan, templateOf(plan.version))
    case 'choice':
      return choices(plan, templateOf(plan.version))
    case 'models':
      return modelArms(plan, asWritten(plan.version, templateOf(plan.version)), models)
    default:
      return assertNever(plan)
  }
}

const ladderNames: Readonly<Record<LadderArm, string>> = {
  'zero-shot': 'Zero-shot',
  'few-shot': 'Few-shot',
  retrieval: 'Retrieval',
  both: 'Both',
}

/**
 * A template's examples and sources in one arm of the ladder. Instruction and format are the same
 * in all arms.
 */
export function ladderInputs(
  template: Template,
  arm: LadderArm,
): Pick<Arm, 'examples' | 'sources'> {
  // A template that uses no examples may still have some to test with.
  const { choice } = template
  const own = choice.kind === 'none' ? ({ kind: 'all' } as const) : choice
  const examples =
    arm === 'few-shot' || arm === 'both'
      ? possibleChoice(template, own)
      : ({ kind: 'none' } as const)
  return { examples, sources: arm === 'retrieval' || arm === 'both' }
}

/** With the number of examples in a prompt, which the choice and the examples decide. */
function ladderName(template: Template, id: LadderArm, examples: Arm['examples']): string {
  if (id !== 'few-shot' && id !== 'both') return ladderNames[id]
  const number = isStatic(examples) ? chooseExamples(template, examples).length : examples.count
  return `${ladderNames[id]} (${words(number).toLowerCase()})`
}

function asWritten(version: number, template: Template): Omit<Arm, 'id' | 'name'> {
  return {
    version,
    method: 'generate',
    examples: possibleChoice(template, template.choice),
    sources: template.sources.retrieve,
    grammar: template.decoding.grammar,
  }
}

function ladder(plan: PlanOf<'ladder'>, template: Template): readonly Arm[] {
  const base = asWritten(plan.version, template)
  const rungs = [...new Set(plan.arms)].flatMap((id): Arm[] => {
    const inputs = ladderInputs(template, id)
    const arm = { ...base, ...inputs, id, name: ladderName(template, id, inputs.examples) }
    if (!plan.grammarToggled || template.format.kind === 'text') return [arm]
    const [suffix, words] = base.grammar
      ? ['free', 'format not forced']
      : ['forced', 'format forced']
    return [
      arm,
      { ...arm, id: `${id}-${suffix}`, name: `${arm.name}, ${words}`, grammar: !base.grammar },
    ]
  })
  const pool = enabledExamples(template).length
  if (!plan.nearest || pool === 0) return rungs
  return [...rungs, nearestNeighbours(base, pool)]
}

function nearestNeighbours(base: Omit<Arm, 'id' | 'name'>, pool: number): Arm {
  return {
    ...base,
    id: 'nearest',
    name: 'Nearest example, no model',
    method: 'nearest-neighbours',
    examples: { kind: 'nearest', count: voters(pool) },
    sources: false,
    grammar: false,
  }
}

function shots(plan: PlanOf<'shots'>, template: Template): readonly Arm[] {
  const base = asWritten(plan.version, template)
  const pool = enabledExamples(template).length
  const counts = [...new Set(plan.counts.map((count) => Math.min(count, pool)))].sort(
    (a, b) => a - b,
  )
  return counts.flatMap((count): Arm[] => {
    // Without examples all draws are equal.
    const draws = count === 0 ? 1 : plan.draws
    return Array.from({ length: draws }, (_, index) => ({
      ...base,
      id: `shots-${String(count)}-draw-${String(index + 1)}`,
      name: draws === 1 ? words(count) : `${words(count)}, draw ${String(index + 1)}`,
      examples:
        count === 0 ? { kind: 'none' } : { kind: 'random', count, seed: nthSeed(plan.seed, index) },
    }))
  })
}

function words(count: number): string {
  if (count === 0) return 'No example'
  return count === 1 ? '1 example' : `${String(count)} examples`
}

function order(plan: PlanOf<'order'>, template: Template): readonly Arm[] {
  const base = asWritten(plan.version, template)
  const shuffles = Array.from({ length: plan.shuffles }, (_, index): Arm => ({
    ...base,
    id: `order-${String(index + 1)}`,
    name: `Order ${String(index + 1)}`,
    examples: { kind: 'shuffled', seed: nthSeed(plan.seed, index) },
  }))
  return [{ ...base, id: 'as-written', name: 'As written', examples: { kind: 'all' } }, ...shuffles]
}

/** Id of the arm with balanced and varied examples. */
export const variedArm = 'varied'

function choices(plan: PlanOf<'choice'>, template: Template): readonly Arm[] {
  const base = asWritten(plan.version, template)
  const { seed } = plan
  const count = Math.max(1, Math.min(plan.count, enabledExamples(template).length))
  const first = enabledExamples(template).slice(0, count)
  return [
    {
      ...base,
      id: 'fixed',
      name: `The first ones (${words(first.length).toLowerCase()})`,
      examples: { kind: 'ids', ids: first.map(({ id }) => id) },
    },
    { ...base, id: 'random', name: 'Drawn at random', examples: { kind: 'random', count, seed } },
    {
      ...base,
      id: variedArm,
      name: 'Balanced and varied',
      examples: possibleChoice(template, { kind: 'varied', count }),
    },
    { ...base, id: 'nearest', name: 'The nearest ones', examples: { kind: 'nearest', count } },
  ]
}

/** How to answer when trying a template: as written, or as an arm of the ladder. */
export function inputsOfArm(
  template: Template,
  arm: LadderArm | null,
): Pick<Arm, 'method' | 'examples' | 'sources' | 'grammar'> {
  const { choice, sources, decoding } = template
  const own = { examples: choice, sources: sources.retrieve }
  const { examples, sources: retrieve } = arm === null ? own : ladderInputs(template, arm)
  return { method: 'generate', examples, sources: retrieve, grammar: decoding.grammar }
}
