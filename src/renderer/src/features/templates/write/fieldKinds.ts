import { assertNever } from '../../../../../shared/errors.ts'
import type { FieldType, ItemType } from '../../../../../shared/domain/template/outputFormat.ts'

const itemKinds = ['text', 'number', 'integer', 'boolean', 'label'] as const
type ItemKind = (typeof itemKinds)[number]

/** The type of a field, as a single choice. */
export type FieldKind = ItemKind | `list-${ItemKind}`

export const fieldKindNames: Readonly<Record<FieldKind, string>> = {
  text: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'yes or no',
  label: 'one of',
  'list-text': 'list of texts',
  'list-number': 'list of numbers',
  'list-integer': 'list of whole numbers',
  'list-boolean': 'list of yes or no',
  'list-label': 'several of',
}

export const fieldKinds = Object.entries(fieldKindNames).map(([value, label]) => ({
  value: value as FieldKind,
  label,
}))

export function kindOfField(type: FieldType): FieldKind {
  return type.kind === 'list' ? `list-${kindOfItem(type.item)}` : kindOfItem(type)
}

function kindOfItem(type: ItemType): ItemKind {
  return type.kind === 'number' && type.integer ? 'integer' : type.kind
}

/** Changes the kind of a type, keeping properties that both kinds have, such as labels and hint. */
export function withKind(type: FieldType, kind: FieldKind): FieldType {
  const item = type.kind === 'list' ? type.item : type
  for (const one of itemKinds) {
    if (kind === one) return itemOf(one, item)
    if (kind === `list-${one}`) return { kind: 'list', item: itemOf(one, item) }
  }
  return type
}

function itemOf(kind: ItemKind, before: ItemType): ItemType {
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
    default:
      return assertNever(kind)
  }
}

/** Replaces the item type of a list, or the type itself. */
export function withItem(type: FieldType, item: ItemType): FieldType {
  return type.kind === 'list' ? { ...type, item } : item
}
