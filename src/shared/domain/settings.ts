import { z } from 'zod'
import { answerMode } from './conversation.ts'
import { bounds, wholeWithin } from './limits.ts'
import { windowLayout } from './windowLayout.ts'

/** How one language model is used; keyed by its file. */
export const modelSettings = z
  .object({
    answering: answerMode.nullable().default(null),
    keySentences: z.boolean().default(true),
    /** Tokens; null lets Penknife choose. */
    contextSize: wholeWithin(bounds.contextSize).nullable().default(null),
    /** null lets Penknife measure. */
    threads: wholeWithin(bounds.threads).nullable().default(null),
  })
  .readonly()
export type ModelSettings = z.infer<typeof modelSettings>

/** How models are fetched. */
export const downloadSettings = z
  .object({
    /** Address of an HTTP proxy; null: that of the environment, if it names one. */
    proxy: z
      .url({ protocol: /^https?$/u })
      .nullable()
      .default(null),
    /** Address that takes the place of `https://huggingface.co`. */
    mirror: z
      .url({ protocol: /^https?$/u })
      .nullable()
      .default(null),
  })
  .readonly()
export type DownloadSettings = z.infer<typeof downloadSettings>

const fields = {
  theme: z.enum(['system', 'light', 'dark']),
  /** Path of the GGUF file that answers; null is the bundled demo model. */
  modelFile: z.string().nullable(),
  /** Answer with passages only, without any model. */
  passagesOnly: z.boolean(),
  /** Number of passages a question retrieves. */
  passages: wholeWithin(bounds.passages),
  gpu: z.boolean(),
  models: z.record(z.string(), modelSettings),
  /** Minutes without a question after which the model's memory is given back; null: never. */
  unloadAfterMinutes: wholeWithin(bounds.unloadAfterMinutes).nullable(),
  downloads: downloadSettings,
  layout: windowLayout,
}

/** What changes; absent fields stay as they are. */
export const settingsPatch = z.object(fields).partial().readonly()
export type SettingsPatch = z.infer<typeof settingsPatch>

export const settings = z
  .object({
    version: z.literal(1).default(1),
    theme: fields.theme.default('system'),
    modelFile: fields.modelFile.default(null),
    passagesOnly: fields.passagesOnly.default(false),
    passages: fields.passages.default(8),
    gpu: fields.gpu.default(true),
    models: fields.models.default({}),
    unloadAfterMinutes: fields.unloadAfterMinutes.default(60),
    downloads: fields.downloads.default({ proxy: null, mirror: null }),
    layout: fields.layout.prefault({}),
  })
  .readonly()
export type Settings = z.infer<typeof settings>

export const defaultSettings: Settings = settings.parse({})
export const defaultModelSettings: ModelSettings = modelSettings.parse({})
