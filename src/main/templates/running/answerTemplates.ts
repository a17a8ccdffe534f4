import type { Template } from '../../../shared/domain/template/template.ts'
import { AppError } from '../../../shared/errors.ts'
import type { AnswerTemplates, ChosenTemplate } from '../../prompting/chosenTemplate.ts'
import { generateOptions } from './askModel.ts'
import type { VectorCache } from './nearestExamples.ts'
import { createPromptExamples } from './promptExamples.ts'

/** Prepares a template for answering questions. */
export function chooseTemplate(
  vectors: VectorCache,
  found: Pick<ChosenTemplate, 'id' | 'version' | 'template'>,
): ChosenTemplate {
  const { template } = found
  const examples = createPromptExamples(vectors, template, template.choice)
  return {
    ...found,
    options: generateOptions(template, template.decoding),
    examplesFor: (values, signal) => examples.examplesFor(values, signal),
  }
}

export interface AnswerTemplatesDeps {
  readonly vectors: VectorCache
  readonly list: () => readonly { readonly id: string; readonly version: number }[]
  /** @throws AppError `not-found`. */
  readonly getVersion: (id: string, version: number) => Promise<Template>
}

/** Saved templates for answering questions. Answers record the version. */
export function createAnswerTemplates({
  vectors,
  list,
  getVersion,
}: AnswerTemplatesDeps): AnswerTemplates {
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
      return chooseTemplate(vectors, { id, version, template: await getVersion(id, version) })
    },
  }
}
