import { z } from 'zod'
import { rawExpected } from '../template/rawExpected.ts'
import { inputValues } from '../template/template.ts'

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

/** A remark that is shown beside the figures of a row. */
export const rowFlag = z
  .object({
    kind: z.enum([
      /** Equal or nearly equal to an example: it would measure copying. Left out by default. */
      'equals-example',
      'near-example',
      /** An earlier row has the same input. */
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
