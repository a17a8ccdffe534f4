import { assertNever } from '../../errors.ts'
import { ladderArms, type Arm, type LadderArm, type RunPlan } from './arm.ts'

/** Ids of two arms: `b` is compared with `a`, which is the simpler or the earlier one. */
export interface ArmPair {
  readonly a: string
  readonly b: string
}

/**
 * The pairs of arms that a run was made to compare. They are few on purpose: each further one
 * makes all others less sure (Holm).
 * @param share what share of the rows an arm has right; null if that is not known
 */
export function armPairs(
  plan: RunPlan,
  arms: readonly Arm[],
  share: (id: string) => number | null,
): ArmPair[] {
  switch (plan.kind) {
    case 'ladder':
      return [...ladderPairs(arms), ...grammarPairs(arms), ...nearestPair(arms, share)]
    case 'test':
      return arms.slice(1).map((arm, index) => ({ a: arms[index]?.id ?? '', b: arm.id }))
    case 'shots': {
      const none = arms.find((arm) => arm.examples.kind === 'none')
      return none === undefined ? [] : against(none, arms)
    }
    case 'order':
    case 'choice': {
      const [first] = arms
      return first === undefined ? [] : against(first, arms)
    }
    case 'models':
      return modelPairs(arms)
    default:
      return assertNever(plan)
  }
}

function ladderPairs(arms: readonly Arm[]): ArmPair[] {
  const pairs = [
    { a: 'zero-shot', b: 'few-shot' },
    { a: 'zero-shot', b: 'retrieval' },
    { a: 'few-shot', b: 'both' },
    { a: 'retrieval', b: 'both' },
  ]
  const ids = new Set(arms.map(({ id }) => id))
  return pairs.filter(({ a, b }) => ids.has(a) && ids.has(b))
}

/** Each arm of the ladder against the same one with the grammar the other way round. */
function grammarPairs(arms: readonly Arm[]): ArmPair[] {
  return ladderArmsOf(arms).flatMap((arm) => {
    const other = grammarTwin(arm, arms)
    if (other === null) return []
    return [arm.grammar ? { a: other.id, b: arm.id } : { a: arm.id, b: other.id }]
  })
}

function nearestPair(arms: readonly Arm[], share: (id: string) => number | null): ArmPair[] {
  const nearest = arms.find(({ method }) => method === 'nearest-neighbours')
  const best = bestOf(ladderArmsOf(arms), share)
  return nearest === undefined || best === null ? [] : [{ a: nearest.id, b: best.id }]
}

/** Arms that differ in one thing only: the model or the settings. */
function modelPairs(arms: readonly Arm[]): ArmPair[] {
  return arms.flatMap((a, index) =>
    arms.slice(index + 1).flatMap((b) => {
      const sameModel = a.model === b.model
      const sameSettings = JSON.stringify(a.decoding) === JSON.stringify(b.decoding)
      return sameModel === sameSettings ? [] : [{ a: a.id, b: b.id }]
    }),
  )
}

function against(first: Arm, arms: readonly Arm[]): ArmPair[] {
  return arms.filter(({ id }) => id !== first.id).map(({ id }) => ({ a: first.id, b: id }))
}

/** The arms of a ladder that are named after its steps, in the order of the steps. */
export function ladderArmsOf(arms: readonly Arm[]): (Arm & { readonly id: LadderArm })[] {
  return ladderArms.flatMap((id) => {
    const arm = arms.find((one) => one.id === id)
    return arm === undefined ? [] : [{ ...arm, id }]
  })
}

/** The arm that differs from one in its grammar and in nothing else. */
export function grammarTwin(arm: Arm, arms: readonly Arm[]): Arm | null {
  return (
    arms.find(
      (other) =>
        other.grammar !== arm.grammar &&
        other.method === arm.method &&
        other.sources === arm.sources &&
        other.version === arm.version &&
        (other.examples.kind === 'none') === (arm.examples.kind === 'none'),
    ) ?? null
  )
}

/** The arm with the highest share right; the earlier one of two that are alike. */
export function bestOf(arms: readonly Arm[], share: (id: string) => number | null): Arm | null {
  let best: Arm | null = null
  for (const arm of arms) {
    const own = share(arm.id)
    if (own !== null && (best === null || own > (share(best.id) ?? -1))) best = arm
  }
  return best
}
