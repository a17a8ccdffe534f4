import { z } from 'zod'
import { formatCount, plural } from '../localFormat.ts'
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
    /** What it belongs to, such as `train` or `long`. */
    tags: z.array(z.string()).readonly().optional(),
  })
  .readonly()
export type TestRow = z.infer<typeof testRow>

/** What an edit did to a test set, in numbers of rows. It made the version. */
export const testSetEdit = z
  .object({
    version: z.number().int(),
    added: z.number().int(),
    changed: z.number().int(),
    removed: z.number().int(),
  })
  .readonly()
export type TestSetEdit = z.infer<typeof testSetEdit>

export const testSetSummary = z
  .object({
    id: z.string(),
    template: z.string(),
    name: z.string(),
    rows: z.number().int(),
    /** From 1; every edit of the rows makes the next one. */
    version: z.number().int(),
    /** The latest edit that is known. */
    edit: testSetEdit.nullable(),
    /** ISO 8601. */
    updatedAt: z.string(),
  })
  .readonly()
export type TestSetSummary = z.infer<typeof testSetSummary>

/** The tags in a text with commas, semicolons or bars between them, each once. */
export function tagsIn(text: string): readonly string[] {
  const tags = text.split(/[,;|]/u).map((one) => one.trim())
  return [...new Set(tags.filter((one) => one !== ''))]
}

/** `Reviews, version 3`; the version of older runs is not known. */
export function testSetInWords({
  name,
  version,
}: {
  readonly name: string
  readonly version?: number | undefined
}): string {
  return version === undefined ? name : `${name}, version ${version}`
}

/** `2 rows added, 1 changed`; empty where nothing is known. */
export function editInWords(edit: TestSetEdit | null): string {
  if (edit === null) return ''
  const parts = (['added', 'changed', 'removed'] as const).filter((kind) => edit[kind] > 0)
  return parts
    .map((kind, at) => `${at === 0 ? plural(edit[kind], 'row') : formatCount(edit[kind])} ${kind}`)
    .join(', ')
}

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
