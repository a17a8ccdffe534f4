import { fromWire } from '../errors.ts'
import { createAsyncQueue, type AsyncQueue } from './asyncQueue.ts'
import { nothing, type CallOptions, type Client, type Contract, type Member } from './contract.ts'
import { createRequests, type Requests } from './requests.ts'
import type { Transport, Unsubscribe } from './transport.ts'

export interface ClientOptions {
  /** Parse what the server sends as well. For tests and development: it costs time. */
  readonly checkOutputs?: boolean
}

/**
 * Builds typed methods for a contract over a transport. Calls in flight when the transport closes
 * reject with `disconnected`; an aborted signal sends a cancel and rejects with `cancelled` at once,
 * but for streams that finish: these continue until the server ends them.
 */
export function createClient<C extends Contract>(
  contract: C,
  transport: Transport,
  { checkOutputs = false }: ClientOptions = {},
): Client<C> {
  const requests = createRequests(transport)
  const client: Record<string, Record<string, unknown>> = {}
  for (const [group, members] of Object.entries(contract)) {
    client[group] = Object.fromEntries(
      Object.entries(members).map(([name, member]) => [
        name,
        methodOf(`${group}.${name}`, member, requests, checkOutputs),
      ]),
    )
  }
  return client as Client<C>
}

type Check = (value: unknown) => unknown

function methodOf(method: string, member: Member, requests: Requests, checkOutputs: boolean) {
  const checkedBy = (schema: { parse: Check }): Check =>
    checkOutputs || schema === nothing ? (value) => schema.parse(value) : (value) => value
  switch (member.kind) {
    case 'procedure':
      return call(method, checkedBy(member.output), requests)
    case 'stream':
      return open(method, member.finishes, checkedBy(member.item), requests)
    case 'event':
      return listen(method, checkedBy(member.payload), requests)
  }
}

function call(method: string, check: Check, { request }: Requests) {
  return (input: unknown, { signal }: CallOptions = {}) =>
    new Promise((resolve, reject) => {
      request({ method, input, signal, finishes: false }, (message) => {
        if (message.type === 'error') reject(fromWire(message.error))
        else if (message.type === 'result') settleChecked(check, message.value, resolve, reject)
      })
    })
}

function open(method: string, finishes: boolean, check: Check, { request }: Requests) {
  return (input: unknown, { signal }: CallOptions = {}): AsyncIterable<unknown> => ({
    [Symbol.asyncIterator]: () => {
      const queue: AsyncQueue<unknown> = createAsyncQueue(() => {
        give()
      })
      let give: () => void = () => undefined
      give = request({ method, input, signal, finishes }, (message) => {
        if (message.type === 'item') settleChecked(check, message.value, queue.push, queue.fail)
        else if (message.type === 'error') queue.fail(fromWire(message.error))
        else queue.end()
      })
      return queue.iterator
    },
  })
}

function listen(method: string, check: Check, { subscribe }: Requests) {
  return (listener: (payload: unknown) => void): Unsubscribe =>
    subscribe(method, (message) => {
      if (message.type === 'item') listener(check(message.value))
    })
}

function settleChecked(
  check: Check,
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
