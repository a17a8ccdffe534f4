import { z } from 'zod'
import { seed } from '../../../shared/domain/seed.ts'
import { event, procedure, stream } from '../../../shared/rpc/contract.ts'

const count = z.number().int().nonnegative()

const promptTurn = z.object({ user: z.string(), assistant: z.string() }).readonly()
const promptPrefix = z.object({ system: z.string(), history: z.array(promptTurn).readonly() })
export type PromptPrefix = Readonly<z.infer<typeof promptPrefix>>
const prompt = promptPrefix.extend({ user: z.string() }).readonly()
export type ModelPrompt = z.infer<typeof prompt>

/** Threads for reading the prompt and for writing the answer: the best counts often differ. */
export const threadCounts = z.object({ prefill: z.number().int(), generation: z.number().int() })
export type ThreadCounts = Readonly<z.infer<typeof threadCounts>>

/** Tokens per second with one number of threads. */
export const threadMeasurement = z.object({
  threads: z.number().int(),
  prefill: z.number(),
  generation: z.number(),
})
export type ThreadMeasurement = Readonly<z.infer<typeof threadMeasurement>>

/** How prompts are evaluated on the processor. */
export const reading = z.object({
  /** llama.cpp's flash attention. */
  flashAttention: z.boolean(),
  /**
   * If between this many and 63 tokens are missing, the last 64 tokens of the prompt are evaluated,
   * including some that are in the KV cache: a whole block is faster. null: never.
   */
  refillFrom: z.number().int().nullable(),
})
export type Reading = Readonly<z.infer<typeof reading>>

/**
 * Milliseconds that pieces of work take with about a hundred tokens in the KV cache: see
 * `reading.ts`.
 */
export const attentionMeasurement = z.object({
  flashAttention: z.boolean(),
  long: z.number(),
  block: z.number(),
  row: z.number(),
  few: z.number(),
  /** Writing a token. */
  one: z.number(),
})
export type AttentionMeasurement = Readonly<z.infer<typeof attentionMeasurement>>

const loadInput = z.object({
  file: z.string(),
  contextSize: z.number().int().positive().nullable(),
  /** null: measure, and `reading` too. */
  threads: threadCounts.nullable(),
  /** null: llama.cpp's default. Always used on a graphics card. */
  reading: reading.nullable(),
  gpu: z.boolean(),
})
export type LoadInput = Readonly<z.infer<typeof loadInput>>

const loadItem = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('loading'), fraction: z.number() }),
  z.object({ stage: z.literal('measuring'), fraction: z.number() }),
  z.object({
    stage: z.literal('ready'),
    name: z.string(),
    architecture: z.string(),
    contextSize: count,
    /** More than `contextSize` if memory doesn't suffice. */
    contextWanted: count,
    gpu: z.boolean(),
    threads: threadCounts,
    /** null on a graphics card. */
    reading: reading.nullable(),
    /** Measurements; empty if nothing was measured. */
    measured: z.array(threadMeasurement).readonly(),
    attention: z.array(attentionMeasurement).readonly(),
  }),
])
export type LoadItem = Readonly<z.infer<typeof loadItem>>

const tokenUse = z.object({ prompt: count, reused: count, generated: count }).readonly()
export type ModelTokenUse = z.infer<typeof tokenUse>
const stop = z.enum(['end', 'length', 'aborted'])
const prefillItem = z
  .object({ type: z.literal('prefill'), done: count, total: count, reused: count })
  .readonly()
export type PrefillItem = z.infer<typeof prefillItem>

const answerPart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choice'), texts: z.array(z.string()).min(1).readonly() }).readonly(),
  z.object({ kind: z.literal('open'), grammar: z.string(), value: z.string() }).readonly(),
])
export type ModelAnswerPart = z.infer<typeof answerPart>

const generateOptions = z
  .object({
    maxTokens: count,
    temperature: z.number().min(0),
    seed: seed.optional(),
    stopTexts: z.array(z.string().min(1)).readonly().optional(),
    grammar: z.string().optional(),
    parts: z.array(answerPart).readonly().optional(),
  })
  .readonly()
export type ModelGenerateOptions = z.infer<typeof generateOptions>

const generateItem = z.discriminatedUnion('type', [
  prefillItem.unwrap(),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('done'), stop, tokens: tokenUse }),
])
export type ModelGenerateItem = Readonly<z.infer<typeof generateItem>>

const chooseOptions = z
  .object({
    maxChoices: z.number().int().positive(),
    final: z.array(count).readonly(),
    prior: z.array(z.number().nonnegative()).readonly().optional(),
  })
  .readonly()
export type ModelChooseOptions = z.infer<typeof chooseOptions>

const chooseItem = z.discriminatedUnion('type', [
  prefillItem.unwrap(),
  z.object({ type: z.literal('choice'), candidate: count }),
  z.object({
    type: z.literal('done'),
    probabilities: z.array(z.number()).readonly(),
    stop,
    tokens: tokenUse,
  }),
])
export type ModelChooseItem = Readonly<z.infer<typeof chooseItem>>

/** Names a running call, so that `stop` can end it and its last item still arrives. */
const call = z.string()

/** The calls of the language model's process. */
export const llmContract = {
  llm: {
    /** Loads the model; one that was loaded before is unloaded first. */
    load: stream({ input: loadInput, item: loadItem }),
    /** Frees everything once running calls have ended. */
    unload: procedure({}),
    countTokens: procedure({
      input: z.object({ texts: z.array(z.string()).readonly() }),
      output: z.array(count).readonly(),
    }),
    render: procedure({
      input: z.object({ prompt }),
      output: z.object({ text: z.string(), tokens: count }),
    }),
    warmUp: procedure({ input: z.object({ prompt: promptPrefix }) }),
    generate: stream({
      input: z.object({ call, prompt, options: generateOptions }),
      item: generateItem,
    }),
    choose: stream({
      input: z.object({
        call,
        prompt,
        candidates: z.array(z.string()).readonly(),
        options: chooseOptions,
      }),
      item: chooseItem,
    }),
    stop: procedure({ input: z.object({ call }) }),
    /** Progress for the watchdog: a part of the work is done. */
    progress: event(z.null()),
    /** llama.cpp's log; never contains prompts. */
    log: event(z.object({ message: z.string() })),
  },
}
export type LlmContract = typeof llmContract
