import { z } from 'zod'
import { procedure } from '../../../shared/rpc/contract.ts'

/** Everything needed to run an embedding model. */
export const embedderProfile = z
  .object({
    /** Model and version; each id has its own index. */
    id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
    /** Folder with `config.json`, `tokenizer.json`, `tokenizer_config.json` and `onnx/`. */
    dir: z.string(),
    /** Name of the file in `onnx/`, without `.onnx`. */
    weights: z.enum(['model', 'model_quantized']),
    dimensions: z.number().int().positive(),
    /** How token vectors become one: their mean, or the first one. */
    pooling: z.enum(['mean', 'cls']),
    normalize: z.boolean(),
    /** Some models, such as E5, were trained with a prefix before questions and passages. */
    queryPrefix: z.string(),
    passagePrefix: z.string(),
    /**
     * The model's limit, special tokens and prefix included; longer texts are embedded in parts.
     */
    maxTokens: z.number().int().positive(),
  })
  .readonly()
export type EmbedderProfile = z.infer<typeof embedderProfile>

export const embeddedTexts = z.object({
  /** The vectors, concatenated; zeros for a text without one. */
  vectors: z.custom<Float32Array>((value) => value instanceof Float32Array),
  /** Indexes of the texts without a vector. */
  missing: z.array(z.number().int()),
  /** Time in the process, without the transport. */
  milliseconds: z.number(),
})
export type EmbeddedTexts = z.infer<typeof embeddedTexts>

/** The calls of the process that runs the embedding model. */
export const embedderContract = {
  embedder: {
    /** Loads the model in place of the previous one; does nothing if it is loaded already. */
    load: procedure({
      input: z.object({ profile: embedderProfile, threads: z.number().int().positive() }),
      output: z.object({ dimensions: z.number().int() }),
    }),
    embed: procedure({
      input: z.object({ texts: z.array(z.string()), purpose: z.enum(['query', 'passage']) }),
      output: embeddedTexts,
    }),
  },
}
