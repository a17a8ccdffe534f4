import { z } from 'zod'
import { errorCodes } from '../errors.ts'

const id = z.number().int().nonnegative()
const method = z.string().max(128)

/** What a client says. `call` serves procedures and streams alike. */
export const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id, method, input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id }),
  z.object({ type: z.literal('subscribe'), id, method }),
  z.object({ type: z.literal('unsubscribe'), id }),
])
export type ClientMessage = z.infer<typeof clientMessage>

/** What a server answers. A call ends with exactly one of `result`, `end` and `error`. */
export const serverMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id, value: z.unknown() }),
  z.object({ type: z.literal('item'), id, value: z.unknown() }),
  z.object({ type: z.literal('end'), id }),
  z.object({
    type: z.literal('error'),
    id,
    error: z.object({ code: z.enum(errorCodes), message: z.string() }),
  }),
])
export type ServerMessage = z.infer<typeof serverMessage>
