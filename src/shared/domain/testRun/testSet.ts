import { z } from 'zod'
import { inputValues } from '../template/template.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()])

/**
 * What is expected, as it was written: the whole answer as text, or a value a field. An array is a
 * list for a field that is a list, and else the accepted answers. Which it is depends on the
 * template's format, which may change; so it is read when it is scored.
 */
export const rawExpected = z.union([
  z.string(),
  z.record(z.string(), z.union([scalar, z.array(scalar).readonly()])).readonly(),
])
export type RawExpected = z.infer<typeof rawExpected>

export const testRow = z
  .object({
    id: z.string(),
    values: inputValues,
    /** null: the format is checked, but nothing can be called correct. */
    expected: rawExpected.nullable(),
    /** Left out of runs by hand, or kept in although it is close to an example; null: by the rule. */
    included: z.boolean().nullable().default(null),
  })
  .readonly()
export type TestRow = z.infer<typeof testRow>

export const testSetSummary = z
  .object({
    id: z.string(),
    template: z.string(),
    name: z.string(),
    rows: z.number().int(),
    /** ISO 8601. */
    updatedAt: z.string(),
  })
  .readonly()
export type TestSetSummary = z.infer<typeof testSetSummary>

/** What is said of a row beside its figures. */
export const rowFlag = z
  .object({
    kind: z.enum([
      /** Equal or nearly equal to an example: it would measure copying. Left out by default. */
      'equals-example',
      'near-example',
      /** The same input stands in an earlier row. */
      'duplicate-row',
      /** What is expected does not fit the format. */
      'expected-not-in-format',
      /** A placeholder of the template has no value. Left out by default. */
      'missing-value',
    ]),
    message: z.string(),
    /** The example or the row that it is about, if it is about one. */
    other: z.string().nullable(),
  })
  .readonly()
export type RowFlag = z.infer<typeof rowFlag>
