import { templateProblems } from '../../../shared/domain/template/templateProblems.ts'
import {
  requiredVariables,
  variablesOf,
  type InputValues,
  type Template,
} from '../../../shared/domain/template/template.ts'
import { AppError } from '../../../shared/errors.ts'

/**
 * Fills the one placeholder that a template needs, whatever its name, with a question; optional ones
 * stay empty.
 *
 * @throws AppError `invalid-input` if the template can't be run or has several placeholders.
 */
export function questionValues(template: Template, question: string): InputValues {
  const error = templateProblems(template).find(({ severity }) => severity === 'error')
  if (error !== undefined) {
    throw new AppError(
      'invalid-input',
      `The template “${template.name}” cannot answer as it is: ${error.message}`,
    )
  }
  return { [questionVariable(template)]: question.trim() }
}

function questionVariable(template: Template): string {
  const [any = 'INPUT'] = variablesOf(template)
  const [first = any, ...others] = requiredVariables(template)
  if (others.length === 0) return first
  const more = [first, ...others].filter((name) => name !== 'INPUT').map((name) => `<${name}>`)
  throw new AppError(
    'invalid-input',
    `The template “${template.name}” also asks for ${more.join(', ')}, which a question does not bring. Choose a template with <INPUT> alone.`,
  )
}
