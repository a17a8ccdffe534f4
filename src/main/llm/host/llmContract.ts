import { z } from 'zod'
import { seed } from '../../../shared/domain/seed.ts'
import { answerPart } from '../../../shared/domain/template/answerParts.ts'
import { event, procedure, stream } from '../../../shared/rpc/contract.ts'

const count = z.number().int().nonnegative()

/** One earlier question with its answer, without its sources. */
const promptTurn = z.object({ user: z.string(), assistant: z.string() }).readonly()
export type PromptTurn = z.infer<typeof promptTurn>

const promptPrefix = z.object({ system: z.string(), history: z.array(promptTurn).readonly() })
export type PromptPrefix = Readonly<z.infer<typeof promptPrefix>>

/** A prompt in chat form; the model's own format is applied where the model is. */
const prompt = promptPrefix.extend({ user: z.string() }).readonly()
export type Prompt = z.infer<typeof prompt>

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

/** Progress of loading: `fraction` is 0 to 1 while reading the file, then again while `measuring`. */
export type LoadProgress = Exclude<LoadItem, { readonly stage: 'ready' }>

const tokenUse = z.object({ prompt: count, reused: count, generated: count }).readonly()
export type TokenUse = z.infer<typeof tokenUse>
const stop = z.enum(['end', 'length', 'aborted'])
/** The prompt is being evaluated: `done` of `total` tokens, of which `reused` were in the KV cache. */
const prefillItem = z
  .object({ type: z.literal('prefill'), done: count, total: count, reused: count })
  .readonly()
export type PrefillItem = z.infer<typeof prefillItem>

const generateOptions = z
  .object({
    maxTokens: count,
    /** 0: the likeliest token each time. */
    temperature: z.number().min(0),
    seed: seed.optional(),
    /** Restrict what is drawn from; see the settings of a template. */
    topP: z.number().optional(),
    topK: count.optional(),
    minP: z.number().optional(),
    /** A factor of at least 1 for the last tokens of the answer. */
    repeatPenalty: z.number().min(1).optional(),
    /** Texts that end the answer; they aren't part of it. */
    stopTexts: z.array(z.string().min(1)).readonly().optional(),
    /** GBNF. */
    grammar: z.string().optional(),
    /**
     * The same format as parts, if it can be split: at temperature 0 the model only generates the
     * parts that aren't fixed.
     */
    parts: z.array(answerPart).readonly().optional(),
  })
  .readonly()
export type GenerateOptions = z.infer<typeof generateOptions>

const generateItem = z.discriminatedUnion('type', [
  prefillItem.unwrap(),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('done'), stop, tokens: tokenUse }),
])
export type GenerateItem = Readonly<z.infer<typeof generateItem>>

const chooseOptions = z
  .object({
    /** The most candidates that an answer may consist of. */
    maxChoices: z.number().int().positive(),
    /** Candidates after which the answer ends, by index (the refusal). */
    final: z.array(count).readonly(),
    /**
     * A prior weight per candidate, by which the model's probability is multiplied to choose the
     * first one. The reported probabilities are the model's.
     */
    prior: z.array(z.number().nonnegative()).readonly().optional(),
  })
  .readonly()
export type ChooseOptions = z.infer<typeof chooseOptions>

const chooseItem = z.discriminatedUnion('type', [
  prefillItem.unwrap(),
  /** The next line of the answer, sent as soon as it is certain. */
  z.object({ type: z.literal('choice'), candidate: count }),
  z.object({
    type: z.literal('done'),
    /** For each candidate, the probability that the model begins its answer with it. Sums to 1. */
    probabilities: z.array(z.number()).readonly(),
    stop,
    tokens: tokenUse,
  }),
])
export type ChooseItem = Readonly<z.infer<typeof chooseItem>>

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
