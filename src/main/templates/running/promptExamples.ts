import {
  enabledExamples,
  type Example,
  type ExampleChoice,
  type InputValues,
  type Template,
} from '../../../shared/domain/template/template.ts'
import { chooseExamples, isStatic } from './chooseExamples.ts'
import { createNearestExamples, type NearestExamples, type VectorCache } from './nearestExamples.ts'
import { variedExamples } from './variedExamples.ts'

/** The examples of a template, with one method of choosing them. */
export interface PromptExamples extends NearestExamples {
  /** All examples that can be chosen. */
  readonly pool: readonly Example[]
  /** The examples in the prompt of an input, in order. */
  examplesFor(values: InputValues, signal: AbortSignal): Promise<readonly Example[]>
}

export function createPromptExamples(
  vectors: VectorCache,
  template: Pick<Template, 'input' | 'optional' | 'format' | 'examples'>,
  choice: ExampleChoice,
): PromptExamples {
  const pool = isStatic(choice) ? chooseExamples(template, choice) : enabledExamples(template)
  // Created on demand, since embedding the pool takes time.
  let index: NearestExamples | undefined
  const nearest: NearestExamples['nearest'] = (...query) => {
    index ??= createNearestExamples(vectors, template, pool)
    return index.nearest(...query)
  }
  let varied: readonly Example[] | undefined
  return {
    pool,
    nearest,
    async examplesFor(values, signal) {
      if (choice.kind === 'varied') {
        varied ??= await variedExamples(vectors, template, choice.count, signal)
        return varied
      }
      if (choice.kind !== 'nearest') return pool
      const found = await nearest(values, choice.count, signal)
      // The nearest example comes last, next to the input.
      return found.map(({ example }) => example).reverse()
    },
  }
}
