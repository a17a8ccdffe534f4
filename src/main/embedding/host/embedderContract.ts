import { z } from 'zod'
import { procedure } from '../../../shared/rpc/contract.ts'

/** All there is to know about an embedding model in order to run it. */
export const embedderProfile = z
  .object({
    /** Names model and version; another id has an index of its own. */
    id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
    /** Folder with `config.json`, `tokenizer.json`, `tokenizer_config.json` and `onnx/`. */
    dir: z.string(),
    /** Name of the file in `onnx/`, without `.onnx`. */
    weights: z.enum(['model', 'model_quantized']),
    dimensions: z.number().int().positive(),
    /** How token vectors become one: their mean, or the first one. */
    pooling: z.enum(['mean', 'cls']),
    normalize: z.boolean(),
    /** Some models were trained with a word before questions and passages, for instance E5. */
    queryPrefix: z.string(),
    passagePrefix: z.string(),
    /** It reads so many at once, marks and prefix included; longer texts are read in parts. */
    maxTokens: z.number().int().positive(),
  })
  .readonly()
export type EmbedderProfile = z.infer<typeof embedderProfile>

export const embeddedTexts = z.object({
  /** One vector after the other; zeros for a text without one. */
  vectors: z.custom<Float32Array>((value) => value instanceof Float32Array),
  /** Indexes of the texts without a vector. */
  missing: z.array(z.number().int()),
  /** What it took in the process, without the way there and back. */
  milliseconds: z.number(),
})
export type EmbeddedTexts = z.infer<typeof embeddedTexts>

/** The wire between main and the process that runs the embedding model. */
export const embedderContract = {
  embedder: {
    /** Loads the model in place of the one before; the same one again costs nothing. */
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
