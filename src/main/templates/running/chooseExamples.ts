import { createRandom, shuffled } from '../../../shared/domain/random.ts'
import {
  enabledExamples,
  type Example,
  type ExampleChoice,
  type Template,
} from '../../../shared/domain/template/template.ts'
import { assertNever } from '../../../shared/errors.ts'

/** A choice of examples that asks no embedder. */
export type StaticChoice = Exclude<ExampleChoice, { kind: 'nearest' | 'varied' }>

export function isStatic(choice: ExampleChoice): choice is StaticChoice {
  return choice.kind !== 'nearest' && choice.kind !== 'varied'
}

/**
 * The examples in the prompt of every row, in order.
 *
 * A random draw takes the first of all examples shuffled by the seed. So with the same seed a
 * larger draw contains the smaller ones, and a curve over their number shows the effect of the
 * added ones.
 */
export function chooseExamples(
  template: Pick<Template, 'examples'>,
  choice: StaticChoice,
): readonly Example[] {
  const enabled = enabledExamples(template)
  switch (choice.kind) {
    case 'all':
      return enabled
    case 'none':
      return []
    case 'ids': {
      const byId = new Map(template.examples.map((one) => [one.id, one]))
      return choice.ids.flatMap((id) => byId.get(id) ?? [])
    }
    case 'random':
      return shuffled(enabled, createRandom(choice.seed)).slice(0, choice.count)
    case 'shuffled':
      return shuffled(enabled, createRandom(choice.seed))
    default:
      return assertNever(choice)
  }
}
