import { assertNever } from '../../errors.ts'
import {
  shapeOf,
  type FieldType,
  type FieldValue,
  type ObjectValue,
  type OutputField,
  type OutputFormat,
  type OutputValue,
} from './outputFormat.ts'
import { isList, ownValue } from './valueAt.ts'

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
    case 'json':
      return writeObject(format.fields, value)
    default:
      return assertNever(format)
  }
}

function writeObject(fields: readonly OutputField[], value: ObjectValue): string {
  const written = fields.flatMap(({ name, type }) => {
    const own = ownValue(value, name)
    return own === undefined ? [] : [`${JSON.stringify(name)}: ${writeField(type, own)}`]
  })
  return `{${written.join(', ')}}`
}

function writeField(type: FieldType, value: FieldValue): string {
  if (isList(value)) {
    const item = type.kind === 'list' ? type.item : type
    return `[${value.map((one) => writeField(item, one)).join(', ')}]`
  }
  const shape = shapeOf(type)
  return typeof value === 'object' && shape.kind === 'object'
    ? writeObject(shape.fields, value)
    : JSON.stringify(value)
}
