import { AppError, cancelled, fromWire } from '../errors.ts'
import { createAsyncQueue, type AsyncQueue } from './asyncQueue.ts'
import { nothing, type CallOptions, type Client, type Contract } from './contract.ts'
import { serverMessage, type ServerMessage } from './protocol.ts'
import type { Transport, Unsubscribe } from './transport.ts'

export interface ClientOptions {
  /** Parse what the server sends as well. For tests and development: it costs time. */
  readonly checkOutputs?: boolean
}

type Receiver = (message: ServerMessage) => void

/**
 * Builds typed methods for a contract over a transport. Calls in flight when the transport closes
 * reject with `disconnected`; an aborted signal sends a cancel and rejects with `cancelled` at once,
 * but for streams that finish: these go on until the server ends them.
 */
export function createClient<C extends Contract>(
  contract: C,
  transport: Transport,
  options: ClientOptions = {},
): Client<C> {
  const receivers = new Map<number, Receiver>()
  let lastId = 0
  let closed = false

  transport.onMessage((raw) => {
    const parsed = serverMessage.safeParse(raw)
    if (parsed.success) receivers.get(parsed.data.id)?.(parsed.data)
  })
  transport.onClose(() => {
    closed = true
    const error = { code: 'disconnected', message: 'The connection to Penknife was lost.' } as const
    for (const [id, receive] of [...receivers]) receive({ type: 'error', id, error })
    receivers.clear()
  })

  function request(
    method: string,
    input: unknown,
    signal: AbortSignal | undefined,
    finishes: boolean,
    on: Receiver,
  ) {
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
    if (closed) throw new AppError('disconnected', 'The connection to Penknife was lost.')
    receivers.set(id, settle)
    signal?.addEventListener('abort', onAbort)
    // JSON knows no undefined: an input that there isn't is null on the wire.
    transport.send({ type: 'call', id, method, input: input === undefined ? null : input })
    return () => {
      if (!receivers.has(id)) return
      receivers.delete(id)
      signal?.removeEventListener('abort', onAbort)
      transport.send({ type: 'cancel', id })
    }
  }

  function call(method: string, check: (value: unknown) => unknown) {
    return (input: unknown, { signal }: CallOptions = {}) =>
      new Promise((resolve, reject) => {
        request(method, input, signal, false, (message) => {
          if (message.type === 'error') reject(fromWire(message.error))
          else if (message.type === 'result') settleChecked(check, message.value, resolve, reject)
        })
      })
  }

  function open(method: string, finishes: boolean, check: (value: unknown) => unknown) {
    return (input: unknown, { signal }: CallOptions = {}): AsyncIterable<unknown> => ({
      [Symbol.asyncIterator]: () => {
        const queue: AsyncQueue<unknown> = createAsyncQueue(() => {
          give()
        })
        let give: () => void = () => undefined
        give = request(method, input, signal, finishes, (message) => {
          if (message.type === 'item') settleChecked(check, message.value, queue.push, queue.fail)
          else if (message.type === 'error') queue.fail(fromWire(message.error))
          else queue.end()
        })
        return queue.iterator
      },
    })
  }

  function listen(method: string, check: (value: unknown) => unknown) {
    return (listener: (payload: unknown) => void): Unsubscribe => {
      lastId += 1
      const id = lastId
      receivers.set(id, (message) => {
        if (message.type === 'item') listener(check(message.value))
      })
      transport.send({ type: 'subscribe', id, method })
      return () => {
        if (receivers.delete(id)) transport.send({ type: 'unsubscribe', id })
      }
    }
  }

  const client: Record<string, Record<string, unknown>> = {}
  for (const [group, members] of Object.entries(contract)) {
    const methods: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(members)) {
      const method = `${group}.${name}`
      const schema =
        member.kind === 'procedure'
          ? member.output
          : member.kind === 'stream'
            ? member.item
            : member.payload
      const check = (value: unknown): unknown =>
        options.checkOutputs === true || schema === nothing ? schema.parse(value) : value
      methods[name] =
        member.kind === 'procedure'
          ? call(method, check)
          : member.kind === 'stream'
            ? open(method, member.finishes, check)
            : listen(method, check)
    }
    client[group] = methods
  }
  return client as Client<C>
}

function settleChecked(
  check: (value: unknown) => unknown,
  value: unknown,
  accept: (value: unknown) => void,
  reject: (error: unknown) => void,
): void {
  try {
    accept(check(value))
  } catch (error) {
    reject(error)
  }
}
