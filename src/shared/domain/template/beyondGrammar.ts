import type { Expected } from './expected.ts'
import { longestInteger, mostItems } from './grammar.ts'
import type { OutputFormat } from './outputFormat.ts'

/**
 * Why no answer that is forced into the format can be what is expected.
 *
 * @param expected by the name of the field; see `readExpected`.
 * @returns null if one can.
 */
export function beyondGrammar(format: OutputFormat, expected: Expected): string | null {
  const fields = format.kind === 'json' ? format.fields : []
  for (const { name, type } of fields) {
    const wanted = expected.get(name)
    if (wanted?.kind !== 'value') continue
    const { value } = wanted
    const items = Array.isArray(value) ? value.length : 0
    if (items > mostItems) return sentence(name, `${String(items)} items`, String(mostItems))
    const one = type.kind === 'list' ? type.item : type
    const isInteger = one.kind === 'number' && one.integer
    const digits = isInteger ? Math.max(0, ...[value].flat().map(digitsOf)) : 0
    if (digits > longestInteger) {
      return sentence(name, `${String(digits)} digits`, String(longestInteger))
    }
  }
  return null
}

function digitsOf(value: unknown): number {
  return typeof value === 'number' ? BigInt(Math.trunc(Math.abs(value))).toString().length : 0
}

function sentence(name: string, has: string, most: string): string {
  return `What is expected in “${name}” has ${has}, and an answer that is forced into the format ends after ${most}, so that none can be right. Turn the grammar off, or expect less.`
}
