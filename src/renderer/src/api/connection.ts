import { createStore, type StoreApi } from 'zustand/vanilla'
import { appContract } from '../../../shared/contract/index.ts'
import type { Member } from '../../../shared/rpc/contract.ts'
import { createClient } from '../../../shared/rpc/client.ts'
import type { Transport, Unsubscribe } from '../../../shared/rpc/transport.ts'
import type { Api } from './api.ts'

export interface ConnectionState {
  /** `lost`: it was open and is being reopened. */
  readonly status: 'connecting' | 'open' | 'lost'
  /** How often it was opened. Copies of the core's state must be reloaded when it increases. */
  readonly generation: number
}

/** A transport, with a promise for when it is open. */
export interface OpenedTransport {
  readonly transport: Transport
  readonly opened: Promise<void>
}

export interface Connection {
  readonly api: Api
  readonly state: StoreApi<ConnectionState>
  /** Retries at once, without waiting for the next attempt. */
  retry(): void
}

const firstDelayMs = 500
const longestDelayMs = 10_000

type AnyClient = Record<string, Record<string, (...args: readonly unknown[]) => unknown>>

/**
 * Creates an `Api` that reconnects. When the transport closes, pending calls reject with
 * `disconnected`, a new one is opened with increasing delays, and event listeners are subscribed
 * again.
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
      () => undefined, // `onClose` above handles the failure.
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
