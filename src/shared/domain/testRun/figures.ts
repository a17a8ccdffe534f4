import { z } from 'zod'
import { confusion, estimate } from '../statistics/estimate.ts'
import { labelFigures } from '../statistics/f1.ts'
import { measure } from '../template/measure.ts'

export const fieldFigures = z
  .object({
    /** How the field was judged. */
    measure,
    accuracy: estimate,
    /** For labels, sets of labels and yes/no; by bootstrap over rows. */
    macroF1: estimate.nullable(),
    /** For open text: mean token F1; by bootstrap over rows. */
    tokenF1: estimate.nullable(),
    confusion: confusion.nullable(),
    /** Precision, recall and F1 of each label; null where there are none. */
    labels: z.array(labelFigures).readonly().nullable(),
    /** Why a field that has labels has no figures of them: it is in a list of objects. */
    noLabels: z.literal('in-list').optional(),
  })
  .readonly()
export type FieldFigures = z.infer<typeof fieldFigures>

export const armFigures = z
  .object({
    /** Rows answered, those that failed included. */
    n: z.number().int(),
    /**
     * Of these: with something expected. Correctness is measured on them; one without an answer
     * counts as wrong, so that an arm gains nothing by failing on hard rows.
     */
    scored: z.number().int(),
    /** Rows without an answer (the model's process died, the prompt did not fit). */
    failed: z.number().int(),
    /** Answers that were cut off at the most tokens that one may have. */
    cutOff: z.number().int(),
    /** Rows that have no passage for what has to be supported by one. */
    noPassage: z.number().int().optional(),
    /** Of those with something expected: without a reply in the format. All of them are wrong. */
    unreadable: z.number().int(),
    /** Parseable without any repair. null where nothing was answered. */
    validFormat: estimate.nullable(),
    /** Parseable, repairs included. */
    parseable: estimate.nullable(),
    inDomain: estimate.nullable(),
    /** All fields as expected. null where nothing is expected. */
    exactMatch: estimate.nullable(),
    fields: z.record(z.string(), fieldFigures).readonly(),
    /** Mean over the label fields; null without any. */
    macroF1: estimate.nullable(),
    /** Of the only label field, else null. */
    confusion: confusion.nullable(),
    /** How often each repair was needed. */
    repairs: z.record(z.string(), z.number().int()).readonly(),
    tokens: z
      .object({
        /** All prompts added up. */
        prompt: z.number().int(),
        /** Of these: already evaluated for the row before. */
        reused: z.number().int(),
        /** What was left to evaluate. */
        evaluated: z.number().int(),
        generated: z.number().int(),
        /** Mean length of a prompt. */
        promptPerRow: z.number(),
      })
      .readonly(),
    secondsPerRow: z.number(),
  })
  .readonly()
export type ArmFigures = z.infer<typeof armFigures>

/** Two arms on the same rows. */
export const comparison = z
  .object({
    /** Ids of the arms: `a` is what `b` is compared with. */
    a: z.string(),
    b: z.string(),
    rows: z.number().int(),
    /** Rows that `b` has right and `a` wrong, and the reverse. */
    better: z.number().int(),
    worse: z.number().int(),
    /** `b` minus `a`, as a share of the rows; Newcombe's paired interval. */
    difference: estimate,
    /** McNemar's exact test, two-sided. */
    p: z.number(),
    /** After Holm's correction over the comparisons of the run. */
    pAdjusted: z.number(),
    /** Whether `pAdjusted` is below 0.05. */
    real: z.boolean(),
    /** The same in words. */
    sentence: z.string(),
  })
  .readonly()
export type Comparison = z.infer<typeof comparison>

/** What a run says, in plain words. Each sentence follows a rule that docs/verdicts.md writes down. */
export const verdict = z
  .object({
    /** Id of the arm to use; null where nothing can be said. */
    arm: z.string().nullable(),
    headline: z.string(),
    details: z.array(z.object({ rule: z.string(), sentence: z.string() }).readonly()).readonly(),
  })
  .readonly()
export type Verdict = z.infer<typeof verdict>

/** What the results of a run come to. */
export const judgedRun = z.object({
  /** By the id of the arm; arms that have not started are missing. */
  arms: z.record(z.string(), armFigures).readonly(),
  comparisons: z.array(comparison).readonly(),
  verdict,
})
export type JudgedRun = Readonly<z.infer<typeof judgedRun>>
