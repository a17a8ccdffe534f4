import { answerKey } from './answerText.ts'
import type { FieldType, FieldValue, ItemValue, ObjectValue, OutputField } from './outputFormat.ts'
import { isList, ownValue } from './valueAt.ts'

/**
 * What values of a field are compared by, in scores and in votes: two are equal if their keys are. Labels,
 * numbers and yes/no as they are, open text by `answerKey`, the items of a list in any order, objects
 * by their fields and in their order.
 */
export function valueKey(type: FieldType, value: FieldValue): string {
  if (!isList(value)) return itemKey(type, value)
  const keys = [...itemKeys(type, value)]
  const isOrdered = type.kind === 'list' && type.item.kind === 'object'
  return JSON.stringify(isOrdered ? keys : keys.sort())
}

/** The same of each item of a list; of another value, of itself. */
export function itemKeys(type: FieldType, value: FieldValue): readonly string[] {
  const item = type.kind === 'list' ? type.item : type
  return isList(value) ? value.map((one) => itemKey(item, one)) : [itemKey(item, value)]
}

function itemKey(type: FieldType, item: ItemValue | ObjectValue): string {
  if (typeof item === 'object') return objectKey(type.kind === 'object' ? type.fields : [], item)
  return type.kind === 'text' ? answerKey(String(item)) : String(item)
}

function objectKey(fields: readonly OutputField[], value: ObjectValue): string {
  const keys = fields.map(({ name, type }) => {
    const own = ownValue(value, name)
    return own === undefined ? null : valueKey(type, own)
  })
  return JSON.stringify(keys)
}
