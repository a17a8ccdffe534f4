import type { RawExpected } from './rawExpected.ts'
import { answerField, readExpected } from './expected.ts'
import type { FieldValue, OutputFormat } from './outputFormat.ts'
import { writeValue } from './writeValue.ts'

/**
 * What a row expects, as an example would show it: of several accepted answers the first.
 *
 * @returns null where it does not fit the format
 */
export function exampleOutput(format: OutputFormat, raw: RawExpected): string | null {
  const { expected } = readExpected(format, raw)
  if (expected === null) return null
  const values = new Map<string, FieldValue>()
  for (const [field, one] of expected) {
    if (one.kind === 'value') values.set(field, one.value)
    if (one.kind === 'accepted') values.set(field, one.texts[0] ?? '')
  }
  if (format.kind === 'json') return writeValue(format, Object.fromEntries(values))
  const answer = values.get(answerField)
  return typeof answer === 'string' ? answer : null
}
