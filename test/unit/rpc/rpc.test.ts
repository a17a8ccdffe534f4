import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { AppError } from '../../../src/shared/errors.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import { event, procedure, stream, type Client } from '../../../src/shared/rpc/contract.ts'
import { createMemoryTransportPair } from '../../../src/shared/rpc/memoryTransport.ts'
import { serve } from '../../../src/shared/rpc/server.ts'

const contract = {
  math: {
    double: procedure({ input: z.object({ n: z.number() }), output: z.number() }),
    fail: procedure({ input: z.enum(['known', 'unknown']) }),
    hang: procedure({}),
    now: procedure({ output: z.number() }),
    note: procedure({ input: z.string() }),
    echo: procedure({ input: z.unknown(), output: z.unknown() }),
    count: stream({ input: z.number(), item: z.number() }),
    endless: stream({ input: z.null(), item: z.number() }),
    tidy: stream({ input: z.null(), item: z.string(), finishes: true }),
    ticks: event(z.number()),
  },
}

function create() {
  const wire = createMemoryTransportPair()
  const listeners = new Set<(n: number) => void>()
  const seen = {
    aborted: 0,
    ended: 0,
    noted: [] as string[],
    unexpected: [] as unknown[],
    sent: [] as unknown[],
  }
  wire.left.onMessage((message) => seen.sent.push(message))
  const stop = serve(
    contract,
    {
      math: {
        double: ({ n }) => n * 2,
        fail(how) {
          if (how === 'known') throw new AppError('not-found', 'It is not there.')
          throw new Error('secret text of a document')
        },
        hang: (_, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              seen.aborted += 1
              reject(new AppError('cancelled', 'This was stopped.'))
            })
          }),
        now: () => 12,
        // What a handler without an output returns is not sent.
        note: (text) => seen.noted.push(text) as unknown as undefined,
        echo: (value) => value,
        async *count(to) {
          for (let n = 1; n <= to; n++) yield await Promise.resolve(n)
          if (to < 0) throw new AppError('invalid-input', 'Less than nothing.')
        },
        async *endless(_, { signal }) {
          try {
            for (let n = 0; !signal.aborted; n++)
              yield await new Promise<number>((r) => setTimeout(r, 1, n))
          } finally {
            seen.ended += 1
          }
        },
        async *tidy(_, { signal }) {
          yield 'working'
          await new Promise((resolve) => signal.addEventListener('abort', resolve))
          yield await Promise.resolve('put away')
          seen.ended += 1
        },
        ticks(listener) {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      },
    },
    wire.right,
    { onUnexpectedError: (_, error) => seen.unexpected.push(error) },
  )
  const client = createClient(contract, wire.left, { checkOutputs: true })
  return { wire, client, listeners, seen, stop }
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10))

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('calls', () => {
  test('answer concurrently', async () => {
    const { client } = create()
    expect(await Promise.all([1, 2, 3].map((n) => client.math.double({ n })))).toEqual([2, 4, 6])
  })

  test('pass any JSON through unchanged', async () => {
    const { client } = create()
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value))
        expect(await client.math.echo(plain)).toEqual(plain)
      }),
    )
  })

  test('an error keeps its code; an unexpected one loses its message', async () => {
    const { client, seen } = create()
    await expect(client.math.fail('known')).rejects.toEqual(
      new AppError('not-found', 'It is not there.'),
    )
    const failed = client.math.fail('unknown')
    await expect(failed).rejects.toMatchObject({ code: 'internal' })
    await expect(failed).rejects.not.toThrow(/secret/)
    expect(seen.unexpected).toHaveLength(1)
  })

  test('a procedure without input or output has null on the wire and undefined in code', async () => {
    const { client, wire, seen } = create()
    const asked: unknown[] = []
    wire.right.onMessage((message) => asked.push(message))
    expect(await client.math.now()).toBe(12)
    await expect(client.math.note('first')).resolves.toBeUndefined()
    expect(asked).toMatchObject([{ input: null }, { input: 'first' }])
    expect(seen.sent).toMatchObject([{ value: 12 }, { type: 'result', value: null }])
    expect(seen.noted).toEqual(['first'])
  })

  test('only null is accepted for no input', async () => {
    const { client, wire, seen } = create()
    const value = fc.jsonValue().filter((one) => one !== null)
    await fc.assert(
      fc.asyncProperty(value, async (input) => {
        seen.sent.length = 0
        wire.left.send({ type: 'call', id: 1e6, method: 'math.now', input })
        expect(await client.math.now()).toBe(12)
        expect(seen.sent).toMatchObject([
          { type: 'error', error: { code: 'invalid-input' } },
          { type: 'result', value: 12 },
        ])
      }),
    )
  })

  test('an input that does not fit never reaches the handler', async () => {
    const { client } = create()
    const call = client.math.double({ n: 'x' as unknown as number })
    await expect(call).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(call).rejects.toThrow(/math\.double .* at n/)
  })

  test('cancelling rejects at once and aborts the handler', async () => {
    const { client, seen } = create()
    const controller = new AbortController()
    const call = client.math.hang(undefined, { signal: controller.signal })
    controller.abort()
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    await settle()
    expect(seen.aborted).toBe(1)
    const late = client.math.double({ n: 1 }, { signal: controller.signal })
    await expect(late).rejects.toMatchObject({ code: 'cancelled' })
  })

  test('a lost connection rejects running and later calls, and aborts handlers', async () => {
    const { client, wire, seen, listeners } = create()
    client.math.ticks(() => undefined)
    const call = client.math.hang()
    const items = collect(client.math.endless(null))
    await settle()
    wire.close()
    await expect(call).rejects.toMatchObject({ code: 'disconnected' })
    await expect(items).rejects.toMatchObject({ code: 'disconnected' })
    await expect(client.math.double({ n: 1 })).rejects.toMatchObject({ code: 'disconnected' })
    await expect(collect(client.math.count(1))).rejects.toMatchObject({ code: 'disconnected' })
    await settle()
    expect([seen.aborted, seen.ended, listeners.size]).toEqual([1, 1, 0])
  })
})

describe('streams', () => {
  test('give their items in order, then end or fail', async () => {
    const { client } = create()
    expect(await collect(client.math.count(100))).toEqual(
      Array.from({ length: 100 }, (_, n) => n + 1),
    )
    expect(await collect(client.math.count(0))).toEqual([])
    await expect(collect(client.math.count(-1))).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('a reader that leaves early ends the handler', async () => {
    const { client, seen } = create()
    for await (const n of client.math.endless(null)) if (n === 3) break
    await settle()
    expect(seen.ended).toBe(1)
  })

  test('a cancelled stream rejects its reader and ends the handler', async () => {
    const { client, seen } = create()
    const controller = new AbortController()
    const items = collect(client.math.endless(null, { signal: controller.signal }))
    await settle()
    controller.abort()
    await expect(items).rejects.toMatchObject({ code: 'cancelled' })
    await settle()
    expect(seen.ended).toBe(1)
  })
})

test('a cancelled stream that still finishes is read to its end', async () => {
  const { client, seen } = create()
  const controller = new AbortController()
  const items = collect(client.math.tidy(null, { signal: controller.signal }))
  await settle()
  controller.abort()
  expect(await items).toEqual(['working', 'put away'])
  expect(seen.ended).toBe(1)
})

test('events come until they are unsubscribed', async () => {
  const { client, listeners } = create()
  const got: number[] = []
  const stop = client.math.ticks((n) => got.push(n))
  await settle()
  for (const listener of listeners) listener(1)
  await settle()
  stop()
  await settle()
  expect([got, listeners.size]).toEqual([[1], 0])
})

test('a stopped server aborts, unsubscribes and ignores further messages', async () => {
  const { client, stop, seen, listeners } = create()
  client.math.ticks(() => undefined)
  const call = client.math.hang()
  call.catch(() => undefined)
  await settle()
  stop()
  await settle()
  expect([seen.aborted, listeners.size]).toEqual([1, 0])
})

describe('a hostile client', () => {
  test.each([
    '__proto__.constructor',
    'constructor.name',
    'math.constructor',
    'math.__proto__',
    'math.toString',
    'math.hasOwnProperty',
    'math',
    '.',
    '',
    'math.double.call',
    'math.ticks',
  ])('cannot call %j', async (method) => {
    const { wire, seen } = create()
    wire.left.send({ type: 'call', id: 7, method, input: { n: 1 } })
    await settle()
    const errors = seen.sent.map((m) => (m as { error?: { code: string } }).error?.code)
    expect(errors).toEqual(['invalid-input'])
    expect(seen.unexpected).toEqual([])
  })

  test('cannot crash the server with any message', async () => {
    const { wire, client } = create()
    // Ids that the client on the same wire does not come to: it would take the answers for its own.
    const id = fc.oneof(
      fc.integer({ min: 1e6, max: 1e6 + 5 }),
      fc.constantFrom(-1, 1.5, 2 ** 53, NaN),
      fc.string(),
    )
    const message = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          type: fc.constantFrom(
            'call',
            'cancel',
            'subscribe',
            'unsubscribe',
            'result',
            '__proto__',
          ),
          id,
          method: fc.oneof(fc.constantFrom('math.double', 'math.ticks', 'math.hang'), fc.string()),
          input: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 20 }), async (messages) => {
        for (const one of messages) wire.left.send(one)
        expect(await client.math.double({ n: 21 }, {})).toBe(42)
      }),
    )
  })

  test('cannot take over an id in use', async () => {
    const { wire, seen } = create()
    wire.left.send({ type: 'call', id: 9, method: 'math.hang', input: null })
    wire.left.send({ type: 'call', id: 9, method: 'math.double', input: { n: 1 } })
    await settle()
    expect(seen.sent).toEqual([])
  })
})

test('sends unexpected and malformed answers, which are ignored', async () => {
  const { wire, client } = create()
  for (const message of [
    null,
    4,
    {},
    { type: 'result', id: 99, value: 1 },
    { type: 'error', id: 99 },
  ]) {
    wire.right.send(message)
  }
  expect(await client.math.double({ n: 2 })).toBe(4)
})

test('the client is typed by the contract', () => {
  type Math = Client<typeof contract>['math']
  expectTypeOf<Parameters<Math['double']>[0]>().toEqualTypeOf<{ n: number }>()
  expectTypeOf<ReturnType<Math['double']>>().toEqualTypeOf<Promise<number>>()
  expectTypeOf<Math['hang']>().toBeCallableWith()
  expectTypeOf<ReturnType<Math['hang']>>().toEqualTypeOf<Promise<void>>()
  expectTypeOf<ReturnType<Math['count']>>().toEqualTypeOf<AsyncIterable<number>>()
  expectTypeOf<Parameters<Math['ticks']>[0]>().toEqualTypeOf<(payload: number) => void>()
})
