import { z } from 'zod'
import { bounds, longest, mostItems, wholeWithin } from '../domain/limits.ts'
import { ladderArm } from '../domain/testRun/arm.ts'
import { replyCheck, replyScore } from '../domain/template/replyCheck.ts'
import { inputValues, template } from '../domain/template/template.ts'
import { rawExpected } from '../domain/template/rawExpected.ts'
import { event, procedure, stream } from '../rpc/contract.ts'

const byId = z.object({ id: z.string() })
/** A template of Penknife, a configuration of promptfoo, or chats to train on. */
export const exportKinds = ['penknife', 'promptfoo', 'chat-jsonl'] as const
export type ExportKind = (typeof exportKinds)[number]

const textFile = z.object({ name: z.string(), text: z.string() })

export const templateSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    /** Number of the latest version; 0 before the first save. */
    version: z.number().int(),
    /** Whether there are changes that are in no version. */
    draft: z.boolean(),
    examples: z.number().int(),
    formatKind: z.enum(['text', 'label', 'json']),
    retrieves: z.boolean(),
    /** ISO 8601. */
    updatedAt: z.string(),
  })
  .readonly()
export type TemplateSummary = z.infer<typeof templateSummary>

export const templateVersion = z
  .object({
    version: z.number().int(),
    name: z.string().nullable(),
    /** ISO 8601. */
    savedAt: z.string(),
  })
  .readonly()
export type TemplateVersion = z.infer<typeof templateVersion>

/** A template that ships with the app, to begin from. */
export const starter = z
  .object({ id: z.string(), name: z.string(), description: z.string(), template })
  .readonly()
export type Starter = z.infer<typeof starter>

export const promptPart = z
  .object({
    kind: z.enum(['instruction', 'format', 'example', 'source', 'input', 'frame']),
    /** Id of the example or number of the source. */
    ref: z.string().nullable(),
    message: z.enum(['system', 'user', 'assistant']),
    text: z.string(),
    /** In the model's own tokens; null without a model, and while one is being loaded. */
    tokens: z.number().int().nullable(),
  })
  .readonly()
export type PreviewPart = z.infer<typeof promptPart>

/** The exact prompt of one row, with what it costs. */
export const promptPreview = z
  .object({
    parts: z.array(promptPart).readonly(),
    /** As the model reads it, its chat format included; null without a model. */
    text: z.string().nullable(),
    /** null without a model. */
    tokens: z
      .object({
        total: z.number().int(),
        /** What the chat format adds. */
        chatFormat: z.number().int(),
        reserve: z.number().int(),
        context: z.number().int(),
      })
      .readonly()
      .nullable(),
    /** False: nothing is run, and `problem` says what to do. */
    fits: z.boolean(),
    problem: z.string().nullable(),
    /** Cost in tokens of each example of the template, whether it is on or off; by id. */
    exampleTokens: z.record(z.string(), z.number().int()).readonly(),
  })
  .readonly()
export type PromptPreview = z.infer<typeof promptPreview>

/** The progress of a trial of a template; the last item is `done` or `failed`. */
export const tryItem = z.discriminatedUnion('type', [
  /**
   * Several inputs or repeats are numbered from 0 in the order in which they are answered: all
   * inputs once, then all of them again.
   */
  z.object({ type: z.literal('start'), index: z.number().int(), total: z.number().int() }),
  z.object({ type: z.literal('loading-model'), fraction: z.number().nullable() }),
  z.object({
    type: z.literal('reading'),
    index: z.number().int(),
    done: z.number().int(),
    total: z.number().int(),
  }),
  z.object({ type: z.literal('text'), index: z.number().int(), text: z.string() }),
  z.object({
    type: z.literal('answer'),
    index: z.number().int(),
    reply: z.string(),
    check: replyCheck,
    score: replyScore.nullable(),
    notJudged: z.string().optional(),
    stop: z.enum(['end', 'length', 'aborted']),
    tokens: z.object({
      prompt: z.number().int(),
      reused: z.number().int(),
      generated: z.number().int(),
    }),
    ms: z.number(),
    probabilities: z.record(z.string(), z.number()).nullable(),
    sources: z
      .array(z.object({ number: z.number().int(), title: z.string(), text: z.string() }))
      .readonly(),
  }),
  z.object({ type: z.literal('failed'), index: z.number().int(), message: z.string() }),
])
export type TryItem = z.infer<typeof tryItem>

export const templates = {
  list: procedure({ output: z.array(templateSummary).readonly() }),
  listChanged: event(z.array(templateSummary).readonly()),
  starters: procedure({ output: z.array(starter).readonly() }),
  /** The draft where there is one, else the latest version. */
  get: procedure({
    input: byId,
    output: z.object({
      id: z.string(),
      template,
      version: z.number().int(),
      draft: z.boolean(),
      versions: z.array(templateVersion).readonly(),
    }),
  }),
  getVersion: procedure({
    input: z.object({ id: z.string(), version: z.number().int() }),
    output: template,
  }),
  create: procedure({ input: z.object({ template }), output: byId }),
  /** Keeps changes without making a version of them. */
  keepDraft: procedure({ input: z.object({ id: z.string(), template }) }),
  discardDraft: procedure({ input: byId }),
  /** Makes a version; the same text as the latest makes none. */
  save: procedure({
    input: z.object({ id: z.string(), template, name: z.string().max(longest.name).nullable() }),
    output: templateVersion,
  }),
  nameVersion: procedure({
    input: z.object({
      id: z.string(),
      version: z.number().int(),
      name: z.string().max(longest.name).nullable(),
    }),
  }),
  duplicate: procedure({ input: byId, output: byId }),
  /** Hides a template at once; it can be restored for ten seconds. */
  remove: procedure({ input: byId }),
  restore: procedure({ input: byId }),

  /** Reads a template file (Penknife's own JSON). */
  /** `notes`: what of the file isn't taken over, in sentences. */
  importFile: procedure({
    input: textFile,
    output: byId.extend({ notes: z.array(z.string()).readonly() }),
  }),
  /** `notes`: what of the template a file doesn't have, in sentences. */
  exportFile: procedure({
    input: z.object({
      id: z.string(),
      version: z.number().int(),
      kind: z.enum(exportKinds),
      /** For `promptfoo` its tests, for `chat-jsonl` its training rows; else null. */
      testSet: z.string().nullable(),
    }),
    output: z
      .array(textFile.extend({ notes: z.array(z.string()).readonly().optional() }))
      .readonly(),
  }),

  preview: procedure({
    input: z.object({ template, values: inputValues, arm: ladderArm.nullable() }),
    output: promptPreview,
  }),
  /** Runs a template as it is, saved or not. Aborting keeps what was written. */
  try: stream({
    input: z.object({
      template,
      rows: z
        .array(z.object({ values: inputValues, expected: rawExpected.nullable() }))
        .min(1)
        .max(mostItems.triedRows),
      repeats: wholeWithin(bounds.repeats),
      arm: ladderArm.nullable(),
    }),
    item: tryItem,
  }),
}
