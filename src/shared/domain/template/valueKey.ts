import { answerKey } from './answerText.ts'
import type { FieldType, FieldValue, ItemValue } from './outputFormat.ts'

/**
 * What values of a field are compared by, in scores and in votes: two are equal if their keys are. Labels,
 * numbers and yes/no as they are, open text by `answerKey`, the items of a list in any order.
 *
 * @param type undefined where the format has no such field.
 */
export function valueKey(type: FieldType | undefined, value: FieldValue): string {
  if (typeof value !== 'object') return itemKey(type?.kind === 'text', value)
  const isText = type?.kind === 'list' && type.item.kind === 'text'
  return JSON.stringify(value.map((item) => itemKey(isText, item)).sort())
}

function itemKey(isText: boolean, item: ItemValue): string {
  return isText ? answerKey(String(item)) : `${typeof item} ${String(item)}`
}
