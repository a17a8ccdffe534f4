import { constants, getPriority, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, cancelled } from '../../shared/errors.ts'
import type { Client } from '../../shared/rpc/contract.ts'
import type { StartHost } from '../processes/hostProcess.ts'
import { superviseHost } from '../processes/supervisedHost.ts'
import { embedderContract, type EmbedderProfile } from './host/embedderContract.ts'

type EmbedderClient = Client<typeof embedderContract>

export interface EmbedderConnectionOptions {
  readonly start: StartHost
  readonly profile: EmbedderProfile
  readonly threads: number
  /** Whether the process runs at low priority. */
  readonly background: boolean
}

/** The process of an embedder, with its model loaded. */
export interface EmbedderConnection {
  /**
   * Starts the process and loads the model if necessary.
   *
   * @throws AppError `host-crashed` if the process crashes twice while it loads; `cancelled`.
   */
  client(signal: AbortSignal | undefined): Promise<EmbedderClient>
  /** Whether a call failed because the process crashed, so that it may be repeated. */
  isCrash(error: unknown): boolean
  /** Ends the process for good. */
  close(): void
}

const mostLoads = 2

export function createEmbedderConnection(options: EmbedderConnectionOptions): EmbedderConnection {
  const { start, profile, threads, background } = options
  const host = superviseHost(embedderContract, { start, entry: 'embedder.host' })
  const closing = new AbortController()
  let ready: { readonly client: EmbedderClient; readonly loaded: Promise<unknown> } | undefined

  /** Waits until the process may be started again after crashes. */
  async function waitToStart(signal: AbortSignal | undefined): Promise<void> {
    const stop = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])
    while (host.waitMs > 0) {
      await sleep(host.waitMs, undefined, { signal: stop }).catch(() => {
        throw cancelled()
      })
    }
  }

  function isCrash(error: unknown): boolean {
    const disconnected = error instanceof AppError && error.code === 'disconnected'
    return disconnected && !closing.signal.aborted
  }

  return {
    async client(signal) {
      for (let loads = 1; ; loads += 1) {
        await waitToStart(signal)
        const client = host.client()
        if (ready?.client !== client) {
          ready = { client, loaded: client.embedder.load({ profile, threads }) }
        }
        try {
          await ready.loaded
          if (background) lowerPriority(host.pid)
          return client
        } catch (error) {
          if (!isCrash(error)) {
            ready = undefined
            throw error
          }
          if (loads === mostLoads) throw repeatedCrash(error)
        }
      }
    },
    isCrash,
    close() {
      closing.abort()
      host.stop()
    },
  }
}

/** The error for a process that crashes repeatedly. */
export function repeatedCrash(cause: unknown): AppError {
  return new AppError(
    'host-crashed',
    'The part of Penknife that reads meaning stopped again and again. Try again; if it stays, restart Penknife.',
    { cause },
  )
}

/**
 * Lowers a process's priority for good, but not to the lowest: that one gets almost nothing on a
 * machine that is busy with something else, and on Windows nothing at all. Raising it again requires
 * privileges, so a process of normal priority is a new process.
 */
function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    if (getPriority(pid) === 0) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Optional: some systems refuse it, and the process may just have ended.
  }
}
