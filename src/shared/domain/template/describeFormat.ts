import type { FieldType, OutputField, OutputFormat } from './outputFormat.ts'

/**
 * Says in the prompt what an answer has to look like: the same words in every arm, so that no
 * example is needed to know the labels. Free text needs no words.
 */
export function describeFormat(format: OutputFormat): string {
  switch (format.kind) {
    case 'text':
      return ''
    case 'label':
      return `Answer with one of: ${format.labels.join(', ')}.`
    case 'json':
      return `Answer as JSON: ${describeObject(format.fields)}`
  }
}

function describeObject(fields: readonly OutputField[]): string {
  const described = fields.map(
    ({ name, type, optional }) =>
      `"${name}": ${describeType(type)}${optional ? ' (may be left out)' : ''}`,
  )
  return `{${described.join(', ')}}`
}

function describeType(type: FieldType): string {
  switch (type.kind) {
    case 'text':
      return type.hint === '' ? 'text' : `text (${type.hint})`
    case 'number':
      return type.integer ? 'whole number' : 'number'
    case 'boolean':
      return 'true | false'
    case 'label':
      return type.labels.join(' | ')
    case 'object':
      return describeObject(type.fields)
    case 'list':
      return `[${describeType(type.item)}, …]`
  }
}
