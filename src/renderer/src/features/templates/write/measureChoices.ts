import {
  equal,
  measureKindsOf,
  measureNames,
  type Measure,
  type MeasureKind,
} from '../../../../../shared/domain/template/measure.ts'

type Judged = Parameters<typeof measureKindsOf>[0]

/** The measures to choose from for a type; one of which nothing else is possible has no choice. */
export function measureChoices(type: Judged) {
  return measureKindsOf(type).map((value) => ({ value, label: measureNames[value] }))
}

/** What is judged, with a measure; equal is what a file without one means. */
export function withMeasure<T extends { readonly measure?: Measure | undefined }>(
  judged: T,
  measure: Measure,
): T {
  const { measure: _, ...rest } = judged
  return (measure.kind === equal.kind ? rest : { ...rest, measure }) as T
}

/** What a row needs for the measure, where that isn't an answer. */
export const measureHints: Readonly<Partial<Record<MeasureKind, string>>> = {
  'one-of': 'List the accepted answers in a row’s expected answer: red; green.',
  pattern:
    'Give a regular expression as the expected answer. It may match anywhere: ^ and $ fix the ends.',
  supported:
    'Every sentence has to be supported by the documents in the row’s prompt, or by a placeholder such as <CONTEXT>. Rows need no expected answer.',
  'json-shape': 'Give JSON with the wanted names and types as the expected answer.',
}
