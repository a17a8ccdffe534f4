import type { RawExpected } from '../../../../../shared/domain/template/rawExpected.ts'

/** The expected answer of a row, on one line. */
export function expectedText(expected: RawExpected | null): string {
  if (expected === null) return ''
  if (typeof expected === 'string') return expected
  const fields = Object.entries(expected).map(
    ([name, value]) =>
      `${JSON.stringify(name)}: ${JSON.stringify(value).replaceAll('","', '", "')}`,
  )
  return `{${fields.join(', ')}}`
}

/** Parses typed text: an object becomes one value per field, anything else stays text. */
export function readExpectedText(text: string): RawExpected | null {
  const trimmed = text.trim()
  return trimmed === '' ? null : trimmed
}
