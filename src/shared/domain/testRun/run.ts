import { z } from 'zod'
import { errorCodes } from '../../errors.ts'
import { replyCheck, replyScore } from '../template/replyCheck.ts'
import { decoding } from '../template/decoding.ts'
import { arm, runPlan, type Arm } from './arm.ts'

export const runStatuses = ['waiting', 'running', 'paused', 'done', 'cancelled', 'failed'] as const
export const runStatus = z.enum(runStatuses)
export type RunStatus = z.infer<typeof runStatus>

/** Everything that is needed to do a run again. Written once, when it starts. */
/** One of several models of a run. */
export const testedModel = z
  .object({
    file: z.string(),
    name: z.string(),
    /** SHA-256 of the file, hexadecimal. */
    sha256: z.string(),
    /** What it needs, by its metadata and with the context that Penknife chooses. */
    memoryBytes: z.number().int(),
  })
  .readonly()
export type TestedModel = z.infer<typeof testedModel>

export const runRecord = z
  .object({
    schema: z.literal(1).default(1),
    id: z.string(),
    template: z.string(),
    plan: runPlan,
    arms: z.array(arm).min(1).readonly(),
    /** Arms that would have asked the same as another one, a sentence each. Missing in older runs. */
    notRun: z.array(z.string()).readonly().optional(),
    testSet: z
      .object({
        id: z.string(),
        name: z.string(),
        /** Missing in older runs. */
        version: z.number().int().optional(),
      })
      .readonly(),
    /** Ids of the rows, in the order in which they are answered. */
    rows: z.array(z.string()).readonly(),
    /** null: no arm asks a language model, or `models` names several. */
    model: z
      .object({
        file: z.string(),
        name: z.string(),
        /** SHA-256 of the file, hexadecimal. */
        sha256: z.string(),
        contextSize: z.number().int(),
      })
      .readonly()
      .nullable(),
    /** Of a run that compares models; each arm says which one it asks. */
    models: z.array(testedModel).readonly().optional(),
    embedder: z.string(),
    decoding,
    appVersion: z.string(),
    /** ISO 8601. */
    startedAt: z.string(),
  })
  .readonly()
export type RunRecord = z.infer<typeof runRecord>

/** The model that an arm of several models asks; null in any other run. */
export function modelOfArm(
  { models = [] }: Pick<RunRecord, 'models'>,
  { model }: Pick<Arm, 'model'>,
): TestedModel | null {
  return models.find(({ sha256 }) => sha256 === model) ?? null
}

/** The names of the models that answered, for a sentence. */
export function modelNames({ model, models }: Pick<RunRecord, 'model' | 'models'>): string {
  const names = models?.map(({ name }) => name) ?? (model === null ? [] : [model.name])
  return names.length === 0 ? 'no language model' : names.join(', ')
}

/** A record without its rows, which can be many: what is announced at every step. */
export const runHead = runRecord
  .unwrap()
  .omit({ rows: true })
  .extend({ rowCount: z.number().int() })
  .readonly()
export type RunHead = z.infer<typeof runHead>

/** What one arm answered to one row; a line of the run's journal. */
export const rowResult = z
  .object({
    arm: z.string(),
    row: z.string(),
    reply: z.string(),
    check: replyCheck,
    /** null where nothing is expected; all wrong where there is no answer. */
    score: replyScore.nullable(),
    /** What isn't judged for want of a passage, in sentences; missing if nothing. */
    notJudged: z.string().optional(),
    stop: z.enum(['end', 'length', 'failed']),
    /** Why there is no answer; null if there is one. */
    error: z
      .object({ code: z.enum(errorCodes), message: z.string() })
      .readonly()
      .nullable(),
    tokens: z
      .object({
        prompt: z.number().int(),
        reused: z.number().int(),
        generated: z.number().int(),
      })
      .readonly(),
    ms: z.number(),
    /** Of each label, where the method asks for it; calibrated if the method says so. */
    probabilities: z.record(z.string(), z.number()).readonly().nullable().default(null),
    /** Ids of the examples in the prompt (or that voted), where they differ from row to row. */
    neighbours: z.array(z.string()).readonly().nullable().default(null),
    /** Ids of the chunks in the prompt. */
    sources: z.array(z.string()).readonly().nullable().default(null),
  })
  .readonly()
export type RowResult = z.infer<typeof rowResult>

export const runSummary = z
  .object({
    record: runHead,
    status: runStatus,
    /** Answers, over all arms. */
    done: z.number().int(),
    total: z.number().int(),
    failed: z.number().int(),
    /** null as long as nothing can be said. */
    secondsLeft: z.number().nullable(),
    /** The arm at work. */
    arm: z.string().nullable(),
    /** Why it failed or waits; a sentence. */
    message: z.string().nullable(),
  })
  .readonly()
export type RunSummary = z.infer<typeof runSummary>
