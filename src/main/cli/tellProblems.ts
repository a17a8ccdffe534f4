import type { Template } from '../../shared/domain/template/template.ts'
import type { TemplateProblem } from '../../shared/domain/template/templateProblem.ts'
import { templateProblems } from '../../shared/domain/template/templateProblems.ts'
import { AppError } from '../../shared/errors.ts'

/** At most this many warnings are printed one by one. */
const mostTold = 20

/**
 * Checks a template before it is used, as the window does.
 *
 * @param message receives each warning, a sentence.
 * @returns the warnings.
 * @throws AppError `invalid-input` with the errors, which keep a template from being run.
 */
export function tellProblems(
  template: Template,
  message: (text: string) => void,
): readonly TemplateProblem[] {
  const problems = templateProblems(template)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    const sentences = errors.map((error) => error.message).join(' ')
    throw new AppError('invalid-input', `The template can’t be run as it is. ${sentences}`)
  }
  for (const problem of problems.slice(0, mostTold)) message(problem.message)
  const more = problems.length - mostTold
  if (more > 0) message(`… and ${String(more)} more.`)
  return problems
}
