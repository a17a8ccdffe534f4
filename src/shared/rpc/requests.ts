import { AppError, cancelled } from '../errors.ts'
import { serverMessage, type ServerMessage } from './protocol.ts'
import type { Transport, Unsubscribe } from './transport.ts'

export type Receiver = (message: ServerMessage) => void

export interface Request {
  readonly method: string
  readonly input: unknown
  readonly signal: AbortSignal | undefined
  /** Whether the server ends it after a cancel; otherwise a cancel ends it here at once. */
  readonly finishes: boolean
}

/** What a client waits for: each request and subscription has an id of its own. */
export interface Requests {
  /**
   * @returns cancels the request, without another message for `on`.
   * @throws AppError `cancelled` if the signal is aborted already, `disconnected`.
   */
  readonly request: (request: Request, on: Receiver) => () => void
  readonly subscribe: (method: string, on: Receiver) => Unsubscribe
}

export function createRequests(transport: Transport): Requests {
  const receivers = new Map<number, Receiver>()
  let lastId = 0
  let closed = false

  transport.onMessage((raw) => {
    const parsed = serverMessage.safeParse(raw)
    if (parsed.success) receivers.get(parsed.data.id)?.(parsed.data)
  })
  transport.onClose(() => {
    closed = true
    const { code, message } = disconnected()
    for (const [id, receive] of [...receivers]) {
      receive({ type: 'error', id, error: { code, message } })
    }
    receivers.clear()
  })

  return {
    request({ method, input, signal, finishes }, on) {
      lastId += 1
      const id = lastId
      const onAbort = (): void => {
        transport.send({ type: 'cancel', id })
        if (finishes) return
        settle({ type: 'error', id, error: { code: 'cancelled', message: cancelled().message } })
      }
      function settle(message: ServerMessage): void {
        if (message.type !== 'item') {
          receivers.delete(id)
          signal?.removeEventListener('abort', onAbort)
        }
        on(message)
      }
      if (signal?.aborted === true) throw cancelled()
      if (closed) throw disconnected()
      receivers.set(id, settle)
      signal?.addEventListener('abort', onAbort)
      // JSON knows no undefined: an input that there isn't is null on the wire.
      transport.send({ type: 'call', id, method, input: input === undefined ? null : input })
      return () => {
        if (!receivers.delete(id)) return
        signal?.removeEventListener('abort', onAbort)
        transport.send({ type: 'cancel', id })
      }
    },
    subscribe(method, on) {
      lastId += 1
      const id = lastId
      receivers.set(id, on)
      transport.send({ type: 'subscribe', id, method })
      return () => {
        if (receivers.delete(id)) transport.send({ type: 'unsubscribe', id })
      }
    },
  }
}

function disconnected(): AppError {
  return new AppError('disconnected', 'The connection to Penknife was lost.')
}
