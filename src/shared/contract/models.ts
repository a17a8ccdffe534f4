import { z } from 'zod'
import { answering } from '../domain/conversation.ts'
import { errorCodes } from '../errors.ts'
import { event, procedure } from '../rpc/contract.ts'

/** What answers now. */
export const modelState = z
  .object({
    status: z.enum(['none', 'loading', 'measuring', 'ready', 'failed']),
    /** Path of the file; null when no model is to be used. */
    file: z.string().nullable(),
    name: z.string(),
    /** The bundled model, which quotes and does not reason. */
    demo: z.boolean(),
    /** 0 to 1 while loading. */
    fraction: z.number().nullable(),
    error: z.object({ code: z.enum(errorCodes), message: z.string() }).nullable(),
    contextSize: z.number().int().nullable(),
    threads: z.number().int().nullable(),
    /** How it answers unless the conversation says otherwise. */
    answering,
  })
  .readonly()
export type ModelState = z.infer<typeof modelState>

export const models = {
  state: procedure({ input: z.null(), output: modelState }),
  stateChanged: event(modelState),
  /** Chooses a GGUF file (null: the bundled demo model), checks that it loads and remembers it. */
  use: procedure({ input: z.object({ file: z.string().nullable() }), output: modelState }),
}
