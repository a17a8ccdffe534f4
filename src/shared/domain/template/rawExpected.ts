import { z } from 'zod'

const scalar = z.union([z.string(), z.number(), z.boolean()])

/** What is expected of a field, as it was written. */
export type RawValue =
  string | number | boolean | null | readonly RawValue[] | { readonly [name: string]: RawValue }

const rawValue: z.ZodType<RawValue> = z.union([
  scalar,
  z.null(),
  z.array(z.lazy(() => rawValue)).readonly(),
  z.record(
    z.string(),
    z.lazy(() => rawValue),
  ),
])

/**
 * What is expected, as it was written: the whole answer as text, or a value a field, by its path. An
 * array is a list for a field that is a list, and else the accepted answers. Which it is depends on
 * the template's format, which may change; so it is read when it is scored.
 */
export const rawExpected = z.union([z.string(), z.record(z.string(), rawValue).readonly()])
export type RawExpected = z.infer<typeof rawExpected>
