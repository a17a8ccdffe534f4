import {
  enabledExamples,
  type Example,
  type InputValues,
  type Template,
} from '../../../shared/domain/template/template.ts'
import { AppError } from '../../../shared/errors.ts'
import type { GenerateOptions } from '../../llm/llm.ts'
import { generateOptions } from './askModel.ts'
import { chooseExamples } from './chooseExamples.ts'
import { createNearestExamples, type VectorCache } from './nearestExamples.ts'

/** A template, and all that an answer in its form takes. */
export interface ReadyTemplate {
  readonly id: string
  readonly version: number | null
  readonly template: Template
  readonly options: GenerateOptions
  examplesFor(values: InputValues, signal: AbortSignal): Promise<readonly Example[]>
}

export function readyTemplate(
  vectors: VectorCache,
  found: Pick<ReadyTemplate, 'id' | 'version' | 'template'>,
): ReadyTemplate {
  const { template } = found
  const { choice, decoding, input } = template
  return {
    ...found,
    options: generateOptions(template, decoding),
    async examplesFor(values, signal) {
      if (choice.kind !== 'nearest') return chooseExamples(template, choice)
      const nearest = createNearestExamples(vectors, input, enabledExamples(template))
      // The nearest one stands last, beside the question.
      const chosen = await nearest.nearest(values, choice.count, signal)
      return chosen.map(({ example }) => example).reverse()
    },
  }
}

export interface AnswerTemplatesDeps {
  readonly vectors: VectorCache
  readonly list: () => readonly { readonly id: string; readonly version: number }[]
  /** @throws AppError `not-found`. */
  readonly getVersion: (id: string, version: number) => Promise<Template>
}

/** Saved templates, for answers that say which version they follow. */
export function createAnswerTemplates({ vectors, list, getVersion }: AnswerTemplatesDeps): {
  find(id: string): Promise<ReadyTemplate | null>
} {
  return {
    async find(id) {
      const known = list().find((one) => one.id === id)
      if (known === undefined) return null
      const { version } = known
      if (version === 0) {
        throw new AppError(
          'invalid-input',
          'This template has never been saved, so no answer could say which version it follows. Save it under Templates, then ask again.',
        )
      }
      return readyTemplate(vectors, { id, version, template: await getVersion(id, version) })
    },
  }
}
