import type { z } from 'zod'
import { AppError, toWire } from '../errors.ts'
import { nothing, type CallContext, type Contract, type Handlers, type Member } from './contract.ts'
import { clientMessage, type ClientMessage, type ServerMessage } from './protocol.ts'
import type { Transport, Unsubscribe } from './transport.ts'

export interface ServeOptions {
  /** Called with unexpected failures, before the client gets `internal`. */
  readonly onUnexpectedError?: (method: string, error: unknown) => void
}

type Call = Extract<ClientMessage, { type: 'call' }>
type UntypedHandler = (input: unknown, context: CallContext) => unknown
type UntypedEvent = (listener: (payload: unknown) => void) => Unsubscribe

/**
 * Answers a transport's calls with `handlers`. Inputs are parsed here, so that a handler never sees
 * one that does not fit. When the transport closes, running calls are aborted and events dropped.
 *
 * @returns a function that stops serving.
 */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  transport: Transport,
  options: ServeOptions = {},
): Unsubscribe {
  const running = new Map<number, AbortController>()
  const subscriptions = new Map<number, Unsubscribe>()
  const send = (message: ServerMessage): void => {
    transport.send(message)
  }

  async function answer(call: Call, { signal }: AbortController): Promise<void> {
    try {
      const { member, handler } = find(contract, handlers, call.method)
      if (member.kind === 'event') throw noSuchMethod(call.method)
      const input = parseInput(call, member.input)
      const outcome = (handler as UntypedHandler)(input, { signal })
      if (member.kind === 'procedure') {
        const value = await outcome
        send({ type: 'result', id: call.id, value: member.output === nothing ? null : value })
        return
      }
      for await (const value of outcome as AsyncIterable<unknown>) {
        if (signal.aborted && !member.finishes) break
        send({ type: 'item', id: call.id, value })
      }
      send({ type: 'end', id: call.id })
    } catch (error) {
      const wire = toWire(error)
      if (wire.code === 'internal') options.onUnexpectedError?.(call.method, error)
      send({ type: 'error', id: call.id, error: wire })
    } finally {
      running.delete(call.id)
    }
  }

  function subscribe(id: number, method: string): void {
    try {
      const { member, handler } = find(contract, handlers, method)
      if (member.kind !== 'event') throw noSuchMethod(method)
      const stop = (handler as UntypedEvent)((value) => {
        send({ type: 'item', id, value })
      })
      subscriptions.set(id, stop)
    } catch (error) {
      send({ type: 'error', id, error: toWire(error) })
    }
  }

  function receive(raw: unknown): void {
    const parsed = clientMessage.safeParse(raw)
    // A message outside the protocol cannot be answered: it has no id that a caller waits for.
    if (!parsed.success) return
    const message = parsed.data
    if (message.type === 'cancel') {
      running.get(message.id)?.abort()
      return
    }
    if (message.type === 'unsubscribe') {
      subscriptions.get(message.id)?.()
      subscriptions.delete(message.id)
      return
    }
    // An id in use stays with its first owner: answering twice would mix two calls.
    if (running.has(message.id) || subscriptions.has(message.id)) return
    if (message.type === 'subscribe') {
      subscribe(message.id, message.method)
      return
    }
    const controller = new AbortController()
    running.set(message.id, controller)
    void answer(message, controller)
  }

  const stopReceiving = transport.onMessage(receive)
  function stop(): void {
    stopReceiving()
    for (const controller of running.values()) controller.abort()
    for (const unsubscribe of subscriptions.values()) unsubscribe()
    subscriptions.clear()
  }
  const stopWatching = transport.onClose(stop)
  return () => {
    stopWatching()
    stop()
  }
}

/** @throws AppError `invalid-input` with the place that does not fit. */
function parseInput({ method, input }: Call, schema: z.ZodType): unknown {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue?.path.join('.') ?? ''
  throw new AppError(
    'invalid-input',
    `The request ${method} does not fit${where === '' ? '' : ` at ${where}`}: ${issue?.message ?? ''}`,
  )
}

function find<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  method: string,
): { member: Member; handler: unknown } {
  const [group = '', name = '', ...more] = method.split('.')
  if (more.length > 0) throw noSuchMethod(method)
  const members = Object.hasOwn(contract, group) ? contract[group] : undefined
  const member = members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined
  if (member === undefined) throw noSuchMethod(method)
  const groupHandlers = (handlers as Record<string, Record<string, unknown>>)[group]
  return { member, handler: groupHandlers?.[name] }
}

function noSuchMethod(method: string): AppError {
  return new AppError('invalid-input', `There is no call named ${method}.`)
}
