import { z } from 'zod'
import { answering } from './conversation.ts'

/** How one language model is used; keyed by its file. */
export const modelSettings = z
  .object({
    answering: answering.nullable().default(null),
    keySentences: z.boolean().default(true),
    /** Tokens; null lets Penknife choose. */
    contextSize: z.number().int().min(512).max(131072).nullable().default(null),
    /** null lets Penknife measure. */
    threads: z.number().int().min(1).max(256).nullable().default(null),
  })
  .readonly()
export type ModelSettings = z.infer<typeof modelSettings>

export const settings = z
  .object({
    version: z.literal(1).default(1),
    theme: z.enum(['system', 'light', 'dark']).default('system'),
    /** Path of the GGUF file that answers; null is the bundled demo model. */
    modelFile: z.string().nullable().default(null),
    /** Answer with passages only, without any model. */
    passagesOnly: z.boolean().default(false),
    /** Number of passages a question retrieves. */
    passages: z.number().int().min(1).max(40).default(8),
    gpu: z.boolean().default(true),
    models: z.record(z.string(), modelSettings).default({}),
  })
  .readonly()
export type Settings = z.infer<typeof settings>

export const defaultSettings: Settings = settings.parse({})
export const defaultModelSettings: ModelSettings = modelSettings.parse({})
