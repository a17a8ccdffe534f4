import { answerKey } from './answerText.ts'
import type { FieldType, FieldValue, ItemValue } from './outputFormat.ts'

/**
 * What values of a field are compared by, in scores and in votes: two are equal if their keys are. Labels,
 * numbers and yes/no as they are, open text by `answerKey`, the items of a list in any order.
 */
export function valueKey(type: FieldType, value: FieldValue): string {
  if (typeof value !== 'object') return itemKey(type, value)
  return JSON.stringify([...itemKeys(type, value)].sort())
}

/** The same of each item of a list; of another value, of itself. */
export function itemKeys(type: FieldType, value: FieldValue): readonly string[] {
  const item = type.kind === 'list' ? type.item : type
  return typeof value === 'object' ? value.map((one) => itemKey(item, one)) : [itemKey(item, value)]
}

function itemKey(type: FieldType, item: ItemValue): string {
  return type.kind === 'text' ? answerKey(String(item)) : String(item)
}
