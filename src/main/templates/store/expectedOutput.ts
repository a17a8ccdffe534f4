import { answersOf, readExpected } from '../../../shared/domain/template/expected.ts'
import { answerField } from '../../../shared/domain/template/judgedFields.ts'
import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import { writeValue } from '../../../shared/domain/template/writeValue.ts'
import type { RawExpected } from '../../../shared/domain/template/rawExpected.ts'

/**
 * The answer that a row expects, exactly as a model should write it; the first of several accepted
 * ones.
 *
 * @returns null if nothing is expected, a field is missing, or it doesn't fit the format.
 */
export function expectedOutput(format: OutputFormat, raw: RawExpected): string | null {
  const { expected, problem } = readExpected(format, raw)
  if (expected === null || problem !== null) return null
  const values = answersOf(format, expected)
  if (format.kind !== 'json') {
    const answer = values.get(answerField)
    return typeof answer === 'string' ? answer : null
  }
  const whole = format.fields.every(({ name, optional }) => optional || values.has(name))
  return whole ? writeValue(format, Object.fromEntries(values)) : null
}
