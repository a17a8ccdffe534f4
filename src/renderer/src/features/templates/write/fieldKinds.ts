import { assertNever } from '../../../../../shared/errors.ts'
import {
  mostLevels,
  type FieldType,
  type ItemType,
  type ObjectType,
} from '../../../../../shared/domain/template/outputFormat.ts'
import { newField } from './newField.ts'

const elementKinds = ['text', 'number', 'integer', 'boolean', 'label', 'object'] as const
type ElementKind = (typeof elementKinds)[number]

/** The type of a field, as a single choice. */
export type FieldKind = ElementKind | `list-${ElementKind}`

const fieldKindNames: Readonly<Record<FieldKind, string>> = {
  text: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'yes or no',
  label: 'one of',
  object: 'object',
  'list-text': 'list of texts',
  'list-number': 'list of numbers',
  'list-integer': 'list of whole numbers',
  'list-boolean': 'list of yes or no',
  'list-label': 'several of',
  'list-object': 'list of objects',
}

const fieldKinds = Object.entries(fieldKindNames).map(([value, label]) => ({
  value: value as FieldKind,
  label,
}))
const kindsOfLeaves = fieldKinds.filter(({ value }) => !value.endsWith('object'))

/** The kinds to choose from. @param level of the field, from 1; those of the last have no fields */
export function kindsAt(level: number): readonly { value: FieldKind; label: string }[] {
  return level < mostLevels ? fieldKinds : kindsOfLeaves
}

export function kindOfField(type: FieldType): FieldKind {
  return type.kind === 'list' ? `list-${kindOfElement(type.item)}` : kindOfElement(type)
}

function kindOfElement(type: ItemType | ObjectType): ElementKind {
  return type.kind === 'number' && type.integer ? 'integer' : type.kind
}

/** Changes the kind of a type, keeping properties that both kinds have, such as labels, hint and fields. */
export function withKind(type: FieldType, kind: FieldKind): FieldType {
  const element = type.kind === 'list' ? type.item : type
  for (const one of elementKinds) {
    if (kind === one) return elementOf(one, element)
    if (kind === `list-${one}`) return { kind: 'list', item: elementOf(one, element) }
  }
  return type
}

function elementOf(kind: ElementKind, before: ItemType | ObjectType): ItemType | ObjectType {
  switch (kind) {
    case 'text':
      return { kind, hint: before.kind === 'text' ? before.hint : '' }
    case 'number':
      return { kind, integer: false }
    case 'integer':
      return { kind: 'number', integer: true }
    case 'boolean':
      return { kind }
    case 'label':
      return { kind, labels: before.kind === 'label' ? before.labels : [] }
    case 'object':
      return { kind, fields: before.kind === 'object' ? before.fields : [newField([])] }
    default:
      return assertNever(kind)
  }
}

/** Replaces the type of a list's items, or the type itself. */
export function withElement(type: FieldType, element: ItemType | ObjectType): FieldType {
  return type.kind === 'list' ? { ...type, item: element } : element
}
