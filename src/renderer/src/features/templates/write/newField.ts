import type { OutputField } from '../../../../../shared/domain/template/outputFormat.ts'

/** A field to begin with, whose name none of the others has. */
export function newField(fields: readonly OutputField[]): OutputField {
  const taken = new Set(fields.map(({ name }) => name))
  let number = fields.length + 1
  while (taken.has(`field_${String(number)}`)) number += 1
  return { name: `field_${String(number)}`, optional: false, type: { kind: 'text', hint: '' } }
}
