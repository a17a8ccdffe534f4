import { z } from 'zod'
import type { ObjectValue } from './outputFormat.ts'

/** What people and models do by habit, and is forgiven. Each is counted apart from valid. */
export const repairs = [
  /** Thoughts before the answer, in tags. */
  'thoughts',
  /** Text before or after the answer. */
  'surrounding-text',
  'code-fence',
  'curly-quotes',
  'single-quotes',
  'trailing-comma',
  /** A label in other letters: capitals, white space, a full stop. */
  'label-spelling',
  /** The name of a field in another form of Unicode. */
  'name-spelling',
  /** A line break in a string that JSON writes as `\n`. */
  'line-break',
  /** A value in another notation: "5" for 5 and 5 for "5", "yes" or True for true. */
  'quoted-value',
  /** null for a field that may be left out. */
  'null-value',
] as const
export const repair = z.enum(repairs)
export type Repair = z.infer<typeof repair>

export const replyProblem = z
  .object({
    code: z.enum([
      'empty',
      'not-json',
      'not-an-object',
      'cut-off',
      'missing-field',
      'unknown-field',
      'duplicate-field',
      'wrong-type',
      'unknown-label',
    ]),
    /** Path of the field it is about, such as `items.price`; null for the whole. */
    field: z.string().nullable(),
    /** Where that is in the reply, in words, such as `items 2: price`; missing: as the field. */
    place: z.string().optional(),
    /** What is wrong, and what was wanted. */
    message: z.string(),
    /** Where in the reply, as UTF-16 indexes; null where it is something that is not there. */
    range: z.object({ start: z.number().int(), end: z.number().int() }).readonly().nullable(),
  })
  .readonly()
export type ReplyProblem = z.infer<typeof replyProblem>

const itemValue = z.union([z.string(), z.number(), z.boolean()])
const objectValue: z.ZodType<ObjectValue> = z.record(
  z.string(),
  z.union([
    itemValue,
    z.array(itemValue).readonly(),
    z.lazy(() => objectValue),
    z.array(z.lazy(() => objectValue)).readonly(),
  ]),
)
export const outputValue = z.union([z.string(), objectValue])

/** The first two of three verdicts; whether it is correct takes an expected answer. */
export const replyCheck = z
  .object({
    /** It can be read as the format's kind of value, repairs included. */
    parseable: z.boolean(),
    /** Fields, types and labels are those of the format. */
    inDomain: z.boolean(),
    /** What it says; null unless it is in the domain. */
    value: outputValue.nullable(),
    /**
     * The fields that are in the domain, where not all are; null where `value` is not or where
     * nothing could be read. One bad field does not take the others with it.
     */
    partial: outputValue.nullable().default(null),
    repairs: z.array(repair).readonly(),
    problems: z.array(replyProblem).readonly(),
  })
  .readonly()
export type ReplyCheck = z.infer<typeof replyCheck>

/** The third verdict. Where there is no answer, or none that can be read, all of it is wrong. */
export const replyScore = z
  .object({
    /** All of it is as expected. */
    exactMatch: z.boolean(),
    /** Field by field; a format without fields has the one field `answer`. */
    fields: z
      .record(
        z.string(),
        z.object({
          correct: z.boolean(),
          /** By which rule, in a sentence; missing in results of earlier versions. */
          why: z.string().optional(),
          /** Token F1 with the nearest accepted answer, for open text (Rajpurkar et al. 2016). */
          tokenF1: z.number().nullable(),
          /**
           * For labels and yes/no ("true", "false"): what was expected and what was given, null
           * where that is not in the domain. "" is a field that was left out. Kept with the answer,
           * since a test set may change after it.
           */
          classes: z
            .object({ expected: z.string(), given: z.string().nullable() })
            .readonly()
            .nullable(),
          /** For sets of labels: what was expected and what was given, null as for classes. */
          items: z
            .object({
              expected: z.array(z.string()).readonly(),
              given: z.array(z.string()).readonly().nullable(),
            })
            .readonly()
            .optional(),
        }),
      )
      .readonly(),
  })
  .readonly()
export type ReplyScore = z.infer<typeof replyScore>
