import type { Expected, ExpectedValue } from './expectedValue.ts'
import { longestInteger, mostItems } from './grammar.ts'
import { judgedFields } from './judgedFields.ts'
import type { LeafType, OutputFormat } from './outputFormat.ts'

/**
 * Why no answer that is forced into the format can be what is expected.
 *
 * @param expected by the path of the field; see `readExpected`.
 * @returns null if one can.
 */
export function beyondGrammar(format: OutputFormat, expected: Expected): string | null {
  for (const { name, type } of format.kind === 'json' ? judgedFields(format) : []) {
    const wanted = expected.get(name)
    const excess = wanted === undefined ? null : excessOf(type, wanted)
    if (excess !== null) return sentence(name, excess)
  }
  return null
}

/** What is more than a grammar allows. */
interface Excess {
  readonly count: number
  readonly of: 'items' | 'digits'
  readonly most: number
}

function excessOf(type: LeafType, wanted: ExpectedValue): Excess | null {
  if (wanted.kind === 'items') {
    const { items } = wanted
    if (items.length > mostItems) return { count: items.length, of: 'items', most: mostItems }
    return items.map((item) => excessOf(type, item)).find((one) => one !== null) ?? null
  }
  if (wanted.kind !== 'value') return null
  const values = [wanted.value].flat()
  if (values.length > mostItems) return { count: values.length, of: 'items', most: mostItems }
  const one = type.kind === 'list' ? type.item : type
  if (one.kind !== 'number' || !one.integer) return null
  const digits = Math.max(0, ...values.map(digitsOf))
  return digits > longestInteger ? { count: digits, of: 'digits', most: longestInteger } : null
}

function digitsOf(value: unknown): number {
  return typeof value === 'number' ? BigInt(Math.trunc(Math.abs(value))).toString().length : 0
}

function sentence(name: string, { count, of, most }: Excess): string {
  return `What is expected in “${name}” has ${String(count)} ${of}, and an answer that is forced into the format ends after ${String(most)}, so that none can be right. Turn the grammar off, or expect less.`
}
