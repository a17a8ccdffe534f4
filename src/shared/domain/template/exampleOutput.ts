import { readExpected } from './expected.ts'
import { expectedAnswer } from './expectedAnswer.ts'
import type { OutputFormat } from './outputFormat.ts'
import type { RawExpected } from './rawExpected.ts'
import { writeValue } from './writeValue.ts'

/**
 * What a row expects, as an example would show it: of several accepted answers the first.
 *
 * @returns null where it does not fit the format
 */
export function exampleOutput(format: OutputFormat, raw: RawExpected): string | null {
  const { expected } = readExpected(format, raw)
  const answer = expected === null ? null : expectedAnswer(format, expected)
  return answer === null ? null : writeValue(format, answer)
}
