import { isContextName } from './contextNames.ts'
import { answerField, judgedFields } from './judgedFields.ts'
import { variablesOf } from './template.ts'
import type { TemplateProblem, TemplateText } from './templateProblem.ts'

/** Fields that passages have to support where no row would have a passage. */
export function supportProblems(template: TemplateText): TemplateProblem[] {
  const variables = variablesOf(template)
  const hasDocuments = template.sources?.retrieve !== false
  return judgedFields(template.format).flatMap(({ name, measure }): TemplateProblem[] => {
    if (measure.kind !== 'supported' || hasDocuments) return []
    const { placeholder } = measure
    const isThere =
      placeholder === '' ? variables.some(isContextName) : variables.includes(placeholder)
    if (isThere) return []
    const what = name === answerField ? 'The answer' : `“${name}”`
    const lacking =
      placeholder === ''
        ? 'no placeholder is called <CONTEXT> or the like'
        : `<${placeholder}> is no placeholder of it`
    return [
      {
        severity: 'warning',
        place: name === answerField ? { kind: 'format' } : { kind: 'field', name },
        message: `${what} should be supported by the row’s passage, but the template reads no documents and ${lacking}. Name the placeholder with the passage, or switch documents on.`,
      },
    ]
  })
}
