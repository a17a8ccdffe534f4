import type { AvailableModel, ModelState } from '../../../../shared/contract/models.ts'
import type { InstalledModel } from '../../../../shared/domain/languageModel.ts'
import { fitOf } from './modelWords.ts'

/** The next step away from the demo model. */
export type Advice =
  | { readonly kind: 'use'; readonly model: InstalledModel }
  | { readonly kind: 'get'; readonly entry: AvailableModel }

/**
 * A recommendation while the demo model is in use: a larger installed model, else the largest
 * recommended one that fits into memory with its full context (a fifth of memory is left to other
 * programs).
 *
 * @returns null if another model is in use, none is wanted, or nothing fits.
 */
export function adviseModel(
  state: Pick<ModelState, 'demo' | 'status'> | null,
  installed: readonly InstalledModel[],
  catalogue: readonly AvailableModel[],
): Advice | null {
  if (state === null || !state.demo || state.status === 'none') return null
  const [ready] = installed
    .filter(({ role, origin, problem, facts }) => {
      const usable = role === 'answers' && origin !== 'bundled' && problem === null
      return usable && facts !== null && fitOf(facts.fits, facts.contextLength) !== 'not'
    })
    .sort((left, right) => (right.facts?.parameters ?? 0) - (left.facts?.parameters ?? 0))
  if (ready !== undefined) return { kind: 'use', model: ready }
  const entry = recommended(catalogue)
  return entry === null ? null : { kind: 'get', entry }
}

/** The largest recommended language model that fits with its full context. */
export function recommended(catalogue: readonly AvailableModel[]): AvailableModel | null {
  const [largest] = catalogue
    .filter(
      ({ recommended: named, role, fits, contextLength }) =>
        named && role === 'answers' && fits !== null && fitOf(fits, contextLength) === 'whole',
    )
    .sort((left, right) => right.parameters - left.parameters)
  return largest ?? null
}
