import { namesOf } from './fieldPaths.ts'
import type { FieldValue, ItemValue, LeafValue, ObjectValue } from './outputFormat.ts'

/** What an answer has at a path. */
export type ValueAt =
  | { readonly kind: 'value'; readonly value: FieldValue }
  /** The path leads through a list: what each of its items has. */
  | { readonly kind: 'items'; readonly items: readonly ValueAt[] }
  | { readonly kind: 'missing' }

export function valueAt(whole: ObjectValue, path: string): ValueAt {
  return descend(whole, namesOf(path))
}

function descend(value: FieldValue | undefined, names: readonly string[]): ValueAt {
  if (value === undefined) return { kind: 'missing' }
  const [name, ...rest] = names
  if (name === undefined) return { kind: 'value', value }
  if (isList(value)) return { kind: 'items', items: value.map((item) => descend(item, names)) }
  return typeof value === 'object' ? descend(ownValue(value, name), rest) : { kind: 'missing' }
}

/** A field may be called like what every object has. */
export function ownValue(value: ObjectValue, name: string): FieldValue | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined
}

export function isList(value: FieldValue): value is readonly ItemValue[] | readonly ObjectValue[] {
  return Array.isArray(value)
}

/** Whether a value is neither an object nor a list of them. */
export function isLeafValue(value: FieldValue): value is LeafValue {
  return isList(value)
    ? value.every((item: ItemValue | ObjectValue) => typeof item !== 'object')
    : typeof value !== 'object'
}

/** The same as plain data: through a list, an array with null for what is missing. */
export function plainAt(found: ValueAt): unknown {
  switch (found.kind) {
    case 'value':
      return found.value
    case 'items':
      return found.items.map(plainAt)
    case 'missing':
      return null
  }
}
