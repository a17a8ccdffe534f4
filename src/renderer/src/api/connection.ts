import { createStore, type StoreApi } from 'zustand/vanilla'
import { appContract } from '../../../shared/contract/index.ts'
import type { Member } from '../../../shared/rpc/contract.ts'
import { createClient } from '../../../shared/rpc/client.ts'
import type { Transport, Unsubscribe } from '../../../shared/rpc/transport.ts'
import type { Api } from './api.ts'

export interface ConnectionState {
  /** `lost`: it was there and is being sought again. */
  readonly status: 'connecting' | 'open' | 'lost'
  /** How often it was opened; whoever keeps a copy of the core's state reloads when it grows. */
  readonly generation: number
}

/** A wire, and when it can be used. */
export interface OpenedTransport {
  readonly transport: Transport
  readonly opened: Promise<void>
}

export interface Connection {
  readonly api: Api
  readonly state: StoreApi<ConnectionState>
  /** Tries again at once instead of waiting for the next attempt. */
  retry(): void
}

const firstDelayMs = 500
const longestDelayMs = 10_000

type AnyClient = Record<string, Record<string, (...args: readonly unknown[]) => unknown>>

/**
 * An `Api` that outlives its wire: when the wire closes, calls under way reject with `disconnected`,
 * the wire is opened anew with growing delays, and event listeners are subscribed again.
 */
export function createConnection(open: () => OpenedTransport): Connection {
  const state = createStore<ConnectionState>(() => ({ status: 'connecting', generation: 0 }))
  const resubscribe = new Set<() => void>()
  let client: AnyClient = {}
  let delayMs = firstDelayMs
  let timer: ReturnType<typeof setTimeout> | null = null

  function connect(): void {
    timer = null
    const { transport, opened } = open()
    client = createClient(appContract, transport) as unknown as AnyClient
    for (const again of resubscribe) again()
    transport.onClose(() => {
      state.setState(({ generation }) => ({ status: generation === 0 ? 'connecting' : 'lost' }))
      timer ??= setTimeout(connect, delayMs)
      delayMs = Math.min(longestDelayMs, delayMs * 2)
    })
    opened.then(
      () => {
        delayMs = firstDelayMs
        state.setState(({ generation }) => ({ status: 'open', generation: generation + 1 }))
      },
      () => undefined, // Its closing has been heard above.
    )
  }

  function listen(group: string, name: string): (listener: unknown) => Unsubscribe {
    return (listener) => {
      let stop: Unsubscribe = () => undefined
      const subscribe = (): void => {
        stop = client[group]?.[name]?.(listener) as Unsubscribe
      }
      subscribe()
      resubscribe.add(subscribe)
      return () => {
        resubscribe.delete(subscribe)
        stop()
      }
    }
  }

  const api: Record<string, Record<string, unknown>> = {}
  for (const [group, members] of Object.entries<Readonly<Record<string, Member>>>(appContract)) {
    const methods: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(members)) {
      methods[name] =
        member.kind === 'event'
          ? listen(group, name)
          : (...args: readonly unknown[]) => client[group]?.[name]?.(...args)
    }
    api[group] = methods
  }

  connect()
  return {
    api: api as unknown as Api,
    state,
    retry() {
      if (timer === null) return
      clearTimeout(timer)
      connect()
    },
  }
}
