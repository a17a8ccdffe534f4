import { longest, mostItems } from '../limits.ts'
import { cutAt } from '../shortened.ts'
import { isSchema, kindOf, resolved, withoutNull, type Schema } from './jsonSchemaParts.ts'
import { composedName, forbiddenInNames, nameProblem } from './fieldName.ts'
import { pathWithin } from './fieldPaths.ts'
import {
  mostLevels,
  type FieldType,
  type ItemType,
  type ObjectType,
  type OutputField,
  type OutputFormat,
} from './outputFormat.ts'

export interface SchemaNote {
  /** Path of the field in the schema; null for the whole. */
  readonly field: string | null
  /** How it was converted, and what to do. */
  readonly message: string
}

export interface ImportedFormat {
  /** null where nothing of the schema can be a format. */
  readonly format: OutputFormat | null
  /** One for each thing that a format cannot say. Nothing is dropped without a note. */
  readonly notes: readonly SchemaNote[]
}

type Say = (message: string) => void

/** Where in a schema something is read. */
interface Place {
  readonly whole: Schema
  /** '' is the whole. */
  readonly path: string
  /** Of the fields that are read here, from 1. */
  readonly level: number
  readonly notes: SchemaNote[]
}

function sayAt({ path, notes }: Place): Say {
  return (message) => void notes.push({ field: path === '' ? null : path, message })
}

/** What says nothing about values, or what Penknife does anyway. */
const harmless = new Set(
  `$schema $id $comment $defs definitions title description examples default deprecated readOnly
  writeOnly type properties required items enum const nullable additionalProperties`.split(/\s+/u),
)
const mostFields = mostItems.fields

/**
 * Makes a format of a JSON schema: a text, one label, or an object of fields. What formats do not
 * know (alternatives, limits, patterns, a fourth level of fields) is replaced by the nearest they do,
 * with a note.
 *
 * @param schema Any value, as it was parsed from a file.
 */
export function formatOfJsonSchema(schema: unknown): ImportedFormat {
  const notes: SchemaNote[] = []
  if (!isSchema(schema)) {
    return refused('This is no JSON schema: it should be an object with "type" and "properties".')
  }
  const root = resolved(schema, schema)
  const place: Place = { whole: schema, path: '', level: 1, notes }
  const say = sayAt(place)
  if (isObject(root)) return { format: { kind: 'json', fields: readFields(root, place) }, notes }
  const { type, nullable } = readType(root, place)
  if (nullable) say('null is not an answer here. Add a label for it if it is needed.')
  if (type.kind === 'label') return { format: { kind: 'label', labels: type.labels }, notes }
  if (type.kind === 'text') return { format: { kind: 'text' }, notes }
  return refused(
    'An answer is a text, a label or an object with fields. Put the value into an object.',
  )

  function refused(message: string): ImportedFormat {
    return { format: null, notes: [...notes, { field: null, message }] }
  }
}

function isObject(schema: Schema): boolean {
  return isSchema(schema.properties) || kindOf(schema) === 'object'
}

function readFields(schema: Schema, place: Place): readonly OutputField[] {
  const properties = isSchema(schema.properties) ? schema.properties : {}
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  const say = sayAt(place)
  sayUnknown(schema, say)
  if (schema.additionalProperties === true || isSchema(schema.additionalProperties)) {
    say('Further fields ("additionalProperties") are not allowed in answers. Add those you need.')
  }
  for (const name of required) {
    if (typeof name !== 'string' || !Object.hasOwn(properties, name)) {
      say(`"required" names ${JSON.stringify(name)}, which is no property. Add it as a field.`)
    }
  }
  const taken = new Set<string>()
  const entries = Object.entries(properties)
  if (entries.length === 0) say('The schema has no properties. Add the fields by hand.')
  if (entries.length > mostFields) {
    say(`Of ${String(entries.length)} fields the first ${String(mostFields)} were taken.`)
  }
  return entries.slice(0, mostFields).map(([written, property]) => {
    const own = { ...place, path: pathWithin(place.path, written) }
    const { type, nullable } = readType(property, own)
    const name = usableName(written, taken, sayAt(own))
    if (nullable) sayAt(own)('Instead of null, the field is left out. Expect no null in answers.')
    return { name, optional: nullable || !required.has(written), type }
  })
}

function usableName(written: string, taken: Set<string>, say: Say): string {
  const composed = composedName(written)
  const plain = composed.replace(forbiddenInNames, '_').trim()
  const base = plain === '__proto__' ? 'proto' : cutAt(plain, longest.fieldName - 4).trim() || '_'
  let name = nameProblem(composed) === null ? composed : base
  for (let n = 2; taken.has(name); n += 1) name = `${base}_${String(n)}`
  taken.add(name)
  if (name !== written) {
    say(`It can’t be called so in a format: it became "${name}". Rename it if you like.`)
  }
  return name
}

function readType(
  property: unknown,
  place: Place,
): { readonly type: FieldType; readonly nullable: boolean } {
  const { only, nullable } = withoutNull(resolved(property, place.whole), place.whole)
  if (kindOf(only) === 'array') return { type: readList(only, place), nullable }
  return { type: readItem(only, place), nullable }
}

function readList(schema: Schema, place: Place): FieldType {
  const { whole } = place
  const say = sayAt(place)
  sayUnknown(schema, say)
  if (schema.items === undefined) say('It does not say what its items are: they became text.')
  const { only, nullable } = withoutNull(resolved(schema.items ?? {}, whole), whole)
  if (nullable) say('Items cannot be null: expect a shorter list instead.')
  if (kindOf(only) === 'array') {
    say('A list within a list cannot be said: its items became text. Use a field a list.')
    return { kind: 'list', item: { kind: 'text', hint: '' } }
  }
  return { kind: 'list', item: readItem(only, place) }
}

function readItem(schema: Schema, place: Place): ItemType | ObjectType {
  const say = sayAt(place)
  const hint = typeof schema.description === 'string' ? cutAt(schema.description, longest.hint) : ''
  if (isObject(schema)) return readObject(schema, place) ?? { kind: 'text', hint }
  sayUnknown(schema, say)
  const values = 'const' in schema ? [schema.const] : schema.enum
  if (Array.isArray(values)) return readLabels(values, say)
  switch (kindOf(schema)) {
    case 'string':
      return { kind: 'text', hint }
    case 'integer':
      return { kind: 'number', integer: true }
    case 'number':
      return { kind: 'number', integer: false }
    case 'boolean':
      return { kind: 'boolean' }
    default:
      say('Its type is not said, or is one of several: it became text. Choose a type.')
      return { kind: 'text', hint }
  }
}

/** @returns null, with a note, where a format can't have its fields. */
function readObject(schema: Schema, place: Place): ObjectType | null {
  const hasFields = isSchema(schema.properties) && Object.keys(schema.properties).length > 0
  if (hasFields && place.level < mostLevels) {
    return { kind: 'object', fields: readFields(schema, { ...place, level: place.level + 1 }) }
  }
  sayAt(place)(
    hasFields
      ? 'Fields go three levels deep, and this is the fourth: it became text. Move it up.'
      : 'It does not say what its fields are: it became text. Choose a type.',
  )
  return null
}

function readLabels(values: readonly unknown[], say: Say): ItemType {
  if (values.length > 0 && values.every((one) => typeof one === 'boolean')) {
    if (new Set(values).size === 1) say('Of true and false both are allowed now. Check it later.')
    return { kind: 'boolean' }
  }
  const labels = values.flatMap((one) => {
    if (typeof one === 'string' && one.length > 0 && one.length <= 200) return [one]
    return typeof one === 'number' ? [String(one)] : []
  })
  if (labels.length < values.length) {
    say('Labels are text of 1 to 200 characters: others were left out. Add what is missing.')
  }
  if (values.some((one) => typeof one === 'number')) {
    say('Labels are text: its numbers became "1" instead of 1. Use a number field otherwise.')
  }
  if (labels.length > 500) say('Of its labels the first 500 were taken.')
  return { kind: 'label', labels: [...new Set(labels)].slice(0, 500) }
}

function sayUnknown(schema: Schema, say: Say): void {
  for (const word of Object.keys(schema)) {
    if (harmless.has(word)) continue
    say(`"${word}" cannot be said in a format and is not checked. Say it in the instruction.`)
  }
}
