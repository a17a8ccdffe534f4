import { equal, measureKindsOf, type Measure } from './measure.ts'
import type { FieldType, OutputFormat } from './outputFormat.ts'

/** The name of the only field of a format that has no fields. */
export const answerField = 'answer'

/** A field of an answer, with how it is judged. */
export interface JudgedField {
  readonly name: string
  readonly optional: boolean
  readonly type: FieldType
  readonly measure: Measure
}

/** The fields of a format; one without fields has the one field `answer`. */
export function judgedFields(format: OutputFormat): readonly JudgedField[] {
  switch (format.kind) {
    case 'json':
      return format.fields.map((field) => ({ ...field, measure: usable(field) }))
    case 'label': {
      const type = { kind: 'label', labels: format.labels } as const
      return [whole(type, format.measure)]
    }
    case 'text':
      return [whole({ kind: 'text', hint: '' }, format.measure)]
  }
}

function whole(type: FieldType, measure: Measure | undefined): JudgedField {
  return { name: answerField, optional: false, type, measure: usable({ type, measure }) }
}

/** A measure that isn't one of the type is a problem of the template (`formatProblems`), and not used. */
function usable(field: {
  readonly type: FieldType
  readonly measure?: Measure | undefined
}): Measure {
  const { type, measure = equal } = field
  return measureKindsOf(type).includes(measure.kind) ? measure : equal
}
