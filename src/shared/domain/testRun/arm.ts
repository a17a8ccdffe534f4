import { z } from 'zod'
import { mostItems } from '../limits.ts'
import { seed } from '../seed.ts'
import { decodingChange } from '../template/decoding.ts'
import { exampleChoice } from '../template/template.ts'

export const ladderArms = ['zero-shot', 'few-shot', 'retrieval', 'both'] as const
export const ladderArm = z.enum(ladderArms)
export type LadderArm = z.infer<typeof ladderArm>

/** How an answer is produced. */
export const answerMethod = z.enum([
  /** The model writes it. */
  'generate',
  /** The label with the highest probability; formats of one label only. */
  'label-probability',
  /** The same after contextual calibration (Zhao et al. 2021). */
  'calibrated-probability',
  /** The nearest examples by the embedder vote; no language model. */
  'nearest-neighbours',
])
export type AnswerMethod = z.infer<typeof answerMethod>

/** One way of answering all rows. Arms of a run differ only in what is being compared. */
export const arm = z
  .object({
    /** Unique within its run, and readable: `few-shot`, `shots-4-draw-2`. */
    id: z.string(),
    name: z.string(),
    /** Version of the template. */
    version: z.number().int(),
    method: answerMethod,
    examples: exampleChoice,
    sources: z.boolean(),
    grammar: z.boolean(),
    /** SHA-256 of the model's file, among the run's `models`. Missing: the run's one model. */
    model: z.string().optional(),
    /** What it changes of the template's settings. Missing: nothing. */
    decoding: decodingChange.optional(),
  })
  .readonly()
export type Arm = z.infer<typeof arm>

/** What a run is for: decides how its arms are made, shown and judged. */
export const runPlan = z.discriminatedUnion('kind', [
  /** As the template is written; several versions are compared. */
  z
    .object({
      kind: z.literal('test'),
      versions: z.array(z.number().int()).min(1).max(20).readonly(),
      method: answerMethod.default('generate'),
    })
    .readonly(),
  /**
   * The same rows without and with examples, without and with documents. The arms have the ids of
   * `ladderArms`; one that differs from such an arm in its grammar only is its twin.
   */
  z
    .object({
      kind: z.literal('ladder'),
      version: z.number().int(),
      arms: z
        .array(ladderArm)
        .min(1)
        .readonly()
        .default([...ladderArms]),
      /** Also the nearest neighbours, without a language model. */
      nearest: z.boolean().default(true),
      /** Also each arm the other way round: without the grammar if the template has it on. */
      grammarToggled: z.boolean().default(false),
    })
    .readonly(),
  /** Accuracy against the number of examples, in several random draws. */
  z
    .object({
      kind: z.literal('shots'),
      version: z.number().int(),
      counts: z.array(z.number().int().min(0).max(1_000)).min(1).max(12).readonly(),
      draws: z.number().int().min(1).max(20).default(3),
      seed: seed.default(0),
    })
    .readonly(),
  /** The same examples in several orders; the template's own is the first arm. */
  z
    .object({
      kind: z.literal('order'),
      version: z.number().int(),
      shuffles: z.number().int().min(2).max(20).default(5),
      seed: seed.default(0),
    })
    .readonly(),
  /** Fixed, random and nearest examples against one another; the fixed ones are the first arm. */
  z
    .object({
      kind: z.literal('choice'),
      version: z.number().int(),
      count: z.number().int().min(1).max(100),
      seed: seed.default(0),
    })
    .readonly(),
  /**
   * Models and settings against one another, each model with each setting. The models run one after
   * another, so that one is in memory at a time.
   */
  z
    .object({
      kind: z.literal('models'),
      version: z.number().int(),
      /** Paths of GGUF files. */
      models: z.array(z.string()).min(1).max(mostItems.testedModels).readonly(),
      settings: z.array(decodingChange).min(1).max(mostItems.testedSettings).readonly(),
    })
    .readonly(),
])
export type RunPlan = z.infer<typeof runPlan>
