import { answerField, readExpected } from '../../../shared/domain/template/expected.ts'
import type { FieldValue, OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import { writeValue } from '../../../shared/domain/template/writeValue.ts'
import type { RawExpected } from '../../../shared/domain/template/rawExpected.ts'

/**
 * The answer that a row expects, word for word as a model should give it; of several accepted ones
 * the first.
 *
 * @returns null where nothing is expected, not all of it, or what does not fit the format.
 */
export function expectedOutput(format: OutputFormat, raw: RawExpected): string | null {
  const { expected, problem } = readExpected(format, raw)
  if (expected === null || problem !== null) return null
  const values = new Map<string, FieldValue>()
  for (const [name, one] of expected) {
    if (one.kind === 'value') values.set(name, one.value)
    else if (one.kind === 'accepted') values.set(name, one.texts[0] ?? '')
  }
  if (format.kind !== 'json') {
    const answer = values.get(answerField)
    return typeof answer === 'string' ? answer : null
  }
  const whole = format.fields.every(({ name, optional }) => optional || values.has(name))
  return whole ? writeValue(format, Object.fromEntries(values)) : null
}
