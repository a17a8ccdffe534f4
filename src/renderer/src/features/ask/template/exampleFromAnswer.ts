import { citationMarker } from '../../../../../shared/domain/citationMarker.ts'
import type { Answer, Turn } from '../../../../../shared/domain/conversation.ts'
import { checkReply } from '../../../../../shared/domain/template/checkReply.ts'
import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'
import {
  requiredVariables,
  variablesOf,
  type Example,
  type Template,
} from '../../../../../shared/domain/template/template.ts'
import { writeValue } from '../../../../../shared/domain/template/writeValue.ts'

/** Whether an answer can become an example: complete and by a model. */
export function canBeExample({ kind, status, cutOff, model, text }: Answer): boolean {
  const isSaid = kind !== 'not-found' && !(kind === 'ungrounded' && model === null)
  return status === 'complete' && !cutOff && isSaid && text.trim() !== ''
}

/**
 * Question and answer as an example of a template. An answer that isn't in the template's format is
 * copied as written; the editor then shows what is missing.
 */
export function exampleFromAnswer(
  template: Template,
  { question, answer }: Pick<Turn, 'question' | 'answer'>,
): Omit<Example, 'id'> {
  const variables = [...requiredVariables(template), ...variablesOf(template)]
  const name = variables.includes('INPUT') ? 'INPUT' : (variables[0] ?? 'INPUT')
  return {
    values: { [name]: question.trim() },
    output: answer === null ? '' : outputOf(template.format, answer),
    note: '',
    enabled: true,
  }
}

function outputOf(format: OutputFormat, answer: Answer): string {
  const reply = answer.template?.kind === 'followed' ? answer.template.reply : ''
  const check = checkReply(format, reply)
  const value = check.value ?? check.partial
  if (format.kind !== 'text' && value !== null) return writeValue(format, value)
  const prose = withoutMarks(answer.text)
  if (format.kind !== 'json') return prose
  const text = format.fields.find(({ type }) => type.kind === 'text')
  return text === undefined ? prose : writeValue(format, { [text.name]: prose })
}

/** Source numbers are meaningless outside of their answer. */
function withoutMarks(text: string): string {
  return text.replaceAll(citationMarker, '').trim()
}
