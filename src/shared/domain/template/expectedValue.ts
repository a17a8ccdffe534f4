import type { LeafValue } from './outputFormat.ts'

/** What is expected of a field that has a value. */
export type ExpectedValue =
  /** Open text: any of these will do. */
  | { readonly kind: 'accepted'; readonly texts: readonly string[] }
  | { readonly kind: 'value'; readonly value: LeafValue }
  /** Any of these values will do. */
  | { readonly kind: 'values'; readonly values: readonly LeafValue[] }
  /** Of a field in a list of objects: of each item, in their order. */
  | { readonly kind: 'items'; readonly items: readonly ExpectedValue[] }
  /** A field that should be left out. */
  | { readonly kind: 'absent' }

/**
 * What is expected, by the path of the field. A field that is not named is not judged. A format
 * without fields has the one field `answer`.
 */
export type Expected = ReadonlyMap<string, ExpectedValue>

/** The values that would be right; none if the field should be left out, or has a value an item. */
export function acceptedValues(wanted: ExpectedValue): readonly LeafValue[] {
  switch (wanted.kind) {
    case 'accepted':
      return wanted.texts
    case 'value':
      return [wanted.value]
    case 'values':
      return wanted.values
    case 'absent':
    case 'items':
      return []
  }
}
