import { z } from 'zod'
import { modelRole } from './languageModel.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u)

/** One file of a model. Size and hash are null where the publisher's own page was not read. */
export const catalogueFile = z
  .object({
    /** Name below the model's folder. */
    name: z.string().regex(/^(?:[\w.-]+\/)*[\w.-]+$/u),
    url: z.url({ protocol: /^https$/u }),
    sizeBytes: z.number().int().positive().nullable(),
    sha256: sha256.nullable(),
  })
  .readonly()
export type CatalogueFile = z.infer<typeof catalogueFile>

export const licence = z
  .object({
    name: z.string(),
    url: z.url(),
    /** What accepting it means, in a sentence or two. */
    meaning: z.string(),
    /** The publisher hands the file out only to who has agreed on its site. */
    gated: z.boolean(),
  })
  .readonly()

/** How an embedder expects its texts and how its vectors are made. */
const embedding = z
  .object({
    dimensions: z.number().int().positive(),
    pooling: z.enum(['mean', 'cls']),
    normalise: z.boolean(),
    queryPrefix: z.string(),
    passagePrefix: z.string(),
    /** That it was trained for (ISO 639-1); null: many. */
    languages: z.array(z.string()).min(1).readonly().nullable(),
    /** Tokens of which it takes notice. */
    maxTokens: z.number().int().positive(),
  })
  .readonly()

/** A model that can be downloaded. */
export const catalogueEntry = z
  .object({
    id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/u),
    role: modelRole,
    name: z.string(),
    /** What to expect of it, in plain words. */
    description: z.string(),
    /** One of those to begin with: the largest that fits is advised. */
    recommended: z.boolean().default(false),
    architecture: z.string(),
    parameters: z.number().int().positive(),
    quantisation: z.string(),
    contextLength: z.number().int().positive(),
    chatFormat: z.enum(['llama-2', 'own']).nullable(),
    /** Number of tokens; null for embedders, as is what follows. */
    vocabulary: z.number().int().positive().nullable(),
    /** Bytes of memory that a token of context takes. */
    contextTokenBytes: z.number().int().positive().nullable(),
    licence,
    files: z.array(catalogueFile).min(1).readonly(),
    embedding: embedding.nullable(),
  })
  .readonly()
export type CatalogueEntry = z.infer<typeof catalogueEntry>

export const modelCatalogue = z
  .object({ version: z.literal(1), models: z.array(catalogueEntry).readonly() })
  .readonly()
export type ModelCatalogue = z.infer<typeof modelCatalogue>
