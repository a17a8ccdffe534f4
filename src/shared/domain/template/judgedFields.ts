import { placedFields, type PlacedField } from './fieldPaths.ts'
import { equal, measureKindsOf, type Measure } from './measure.ts'
import { shapeOf, type FieldType, type LeafType, type OutputFormat } from './outputFormat.ts'

/** The name of the only field of a format that has no fields. */
export const answerField = 'answer'

/** A field of an answer, with how it is judged. */
export interface JudgedField {
  /** Its path, such as `address.city`. */
  readonly name: string
  readonly optional: boolean
  readonly type: LeafType
  readonly measure: Measure
  /** The fields that it is in, the outermost first. */
  readonly above: readonly PlacedField[]
}

/**
 * The fields of a format that have a value, at all levels; one without fields has the one field
 * `answer`.
 */
export function judgedFields(format: OutputFormat): readonly JudgedField[] {
  switch (format.kind) {
    case 'json':
      return placedFields(format.fields).flatMap(({ path, field, above }): JudgedField[] => {
        const shape = shapeOf(field.type)
        if (shape.kind !== 'leaf') return []
        const { optional } = field
        return [{ name: path, optional, type: shape.type, measure: usableMeasure(field), above }]
      })
    case 'label': {
      const type = { kind: 'label', labels: format.labels } as const
      return [whole(type, format.measure)]
    }
    case 'text':
      return [whole({ kind: 'text', hint: '' }, format.measure)]
  }
}

/** Whether a field is in a list of objects, so that it has a value an item. */
export function isInList({ above }: Pick<JudgedField, 'above'>): boolean {
  return listsAbove({ above }) > 0
}

/** In how many lists, one within the other, a field is. */
export function listsAbove({ above }: Pick<JudgedField, 'above'>): number {
  return above.filter(({ field }) => shapeOf(field.type).kind === 'objects').length
}

function whole(type: LeafType, measure: Measure | undefined): JudgedField {
  const usable = usableMeasure({ type, measure })
  return { name: answerField, optional: false, type, measure: usable, above: [] }
}

/** A measure that isn't one of the type is a problem of the template (`formatProblems`), and not used. */
export function usableMeasure(field: {
  readonly type: FieldType
  readonly measure?: Measure | undefined
}): Measure {
  const { type, measure = equal } = field
  return measureKindsOf(type).includes(measure.kind) ? measure : equal
}
