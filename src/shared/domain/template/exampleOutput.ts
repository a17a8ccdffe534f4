import type { RawExpected } from './rawExpected.ts'
import { answersOf, readExpected } from './expected.ts'
import { answerField } from './judgedFields.ts'
import type { OutputFormat } from './outputFormat.ts'
import { writeValue } from './writeValue.ts'

/**
 * What a row expects, as an example would show it: of several accepted answers the first.
 *
 * @returns null where it does not fit the format
 */
export function exampleOutput(format: OutputFormat, raw: RawExpected): string | null {
  const { expected } = readExpected(format, raw)
  if (expected === null) return null
  const values = answersOf(format, expected)
  if (format.kind === 'json') return writeValue(format, Object.fromEntries(values))
  const answer = values.get(answerField)
  return typeof answer === 'string' ? answer : null
}
