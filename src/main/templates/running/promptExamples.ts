import {
  enabledExamples,
  type Example,
  type ExampleChoice,
  type InputValues,
  type Template,
} from '../../../shared/domain/template/template.ts'
import { chooseExamples } from './chooseExamples.ts'
import { createNearestExamples, type NearestExamples, type VectorCache } from './nearestExamples.ts'

/** The examples of a template, with one method of choosing them. */
export interface PromptExamples extends NearestExamples {
  /** All examples that can be chosen. */
  readonly pool: readonly Example[]
  /** The examples in the prompt of an input, in order. */
  examplesFor(values: InputValues, signal: AbortSignal): Promise<readonly Example[]>
}

export function createPromptExamples(
  vectors: VectorCache,
  template: Pick<Template, 'input' | 'examples'>,
  choice: ExampleChoice,
): PromptExamples {
  const pool =
    choice.kind === 'nearest' ? enabledExamples(template) : chooseExamples(template, choice)
  // Created on demand, since embedding the pool takes time.
  let index: NearestExamples | undefined
  const nearest: NearestExamples['nearest'] = (...query) => {
    index ??= createNearestExamples(vectors, template.input, pool)
    return index.nearest(...query)
  }
  return {
    pool,
    nearest,
    async examplesFor(values, signal) {
      if (choice.kind !== 'nearest') return pool
      const found = await nearest(values, choice.count, signal)
      // The nearest example comes last, next to the input.
      return found.map(({ example }) => example).reverse()
    },
  }
}
