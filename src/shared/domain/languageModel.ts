import { z } from 'zod'

const bytes = z.number().int().nonnegative()

/** Whether and how far a model fits into this machine's memory. */
export const modelFit = z
  .object({
    /** What it needs in all, with the context that Penknife would choose. */
    memoryBytes: bytes,
    /** Tokens of context that fit; 0 if the model does not fit at all. */
    maxContext: z.number().int().nonnegative(),
  })
  .readonly()
export type ModelFit = z.infer<typeof modelFit>

/** What the header of a GGUF file says. */
export const modelFacts = z
  .object({
    /** `general.name`, else the file's name. */
    name: z.string(),
    architecture: z.string(),
    /** Number of weights. */
    parameters: z.number().int().nonnegative(),
    /** Name of the storage format of most weights, `Q4_K_M` for instance. */
    quantisation: z.string(),
    /** Tokens of context that it was trained with; null if it does not say so. */
    contextLength: z.number().int().positive().nullable(),
    /** The chat template in the file (Jinja); null if it has none. */
    chatTemplate: z.string().nullable(),
    /** The format in which Penknife talks to it. */
    chatFormat: z.enum(['llama-2', 'own']),
    /** Number of tokens. */
    vocabulary: z.number().int().nonnegative(),
    sizeBytes: bytes,
    fits: modelFit,
  })
  .readonly()
export type ModelFacts = z.infer<typeof modelFacts>

/** Tokens per second, reading a prompt and writing an answer. */
export const modelSpeed = z
  .object({
    reading: z.number(),
    writing: z.number(),
    /** False: worked out from another model's rates. */
    measured: z.boolean(),
  })
  .readonly()
export type ModelSpeed = z.infer<typeof modelSpeed>

/** What a model is for: writing answers, or finding passages (an embedder). */
export const modelRole = z.enum(['answers', 'passages'])
export type ModelRole = z.infer<typeof modelRole>

/** Where a model that can be used came from. */
export const modelOrigin = z.enum(['bundled', 'added', 'downloaded'])

/** A model that can be used. */
export const installedModel = z
  .object({
    id: z.string(),
    role: modelRole,
    origin: modelOrigin,
    name: z.string(),
    /** Path of the GGUF file, or of an embedder's folder. */
    file: z.string(),
    sizeBytes: bytes,
    /** Of language models; null while `problem` says why. */
    facts: modelFacts.nullable(),
    speed: modelSpeed.nullable(),
    inUse: z.boolean(),
    /** Why it cannot be used now, in a sentence: the file is missing or has changed. */
    problem: z.string().nullable(),
  })
  .readonly()
export type InstalledModel = z.infer<typeof installedModel>

/** Where a model file on this disk was found. */
export const modelPlace = z.enum([
  'lm-studio',
  'ollama',
  'gpt4all',
  'jan',
  'llama.cpp',
  'hugging-face',
  'folder',
])
export type ModelPlace = z.infer<typeof modelPlace>

/** A GGUF file on this disk that could be added in place. */
export const foundModel = z
  .object({
    place: modelPlace,
    name: z.string(),
    file: z.string(),
    sizeBytes: bytes,
    facts: modelFacts.nullable(),
    /** Why Penknife cannot use it, in a sentence. */
    problem: z.string().nullable(),
    /** Whether it is among the installed ones already. */
    installed: z.boolean(),
  })
  .readonly()
export type FoundModel = z.infer<typeof foundModel>

/** What this machine offers to models. */
export const machineFacts = z
  .object({
    cpu: z.string(),
    cores: z.number().int().positive(),
    memoryBytes: bytes,
    freeMemoryBytes: bytes,
    /** Where downloads go. */
    modelsFolder: z.string(),
    /** null where the system does not report it. */
    freeDiskBytes: bytes.nullable(),
  })
  .readonly()
export type MachineFacts = z.infer<typeof machineFacts>
