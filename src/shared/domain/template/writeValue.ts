import { assertNever } from '../../errors.ts'
import type { FieldValue, OutputFormat, OutputValue } from './outputFormat.ts'

/**
 * The canonical text of a value, as examples show it and as the grammar forces it: JSON on one line
 * with `, ` and `: `, the fields in the order of the format.
 *
 * @param value Of this format; fields that the format does not know are left out.
 */
export function writeValue(format: OutputFormat, value: OutputValue): string {
  if (typeof value === 'string') return value
  switch (format.kind) {
    case 'text':
    case 'label':
      return JSON.stringify(value)
    case 'json': {
      const fields = format.fields.flatMap(({ name }) => {
        const held = Object.hasOwn(value, name) ? value[name] : undefined
        return held === undefined ? [] : [`${JSON.stringify(name)}: ${writeField(held)}`]
      })
      return `{${fields.join(', ')}}`
    }
    default:
      return assertNever(format)
  }
}

function writeField(value: FieldValue): string {
  return typeof value === 'object'
    ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]`
    : JSON.stringify(value)
}
