import { createEmitter } from '../../shared/emitter.ts'
import { AppError } from '../../shared/errors.ts'
import { createClient } from '../../shared/rpc/client.ts'
import type { Client, Contract } from '../../shared/rpc/contract.ts'
import { closableTransport } from './closableTransport.ts'
import type { HostExit, HostOptions, HostProcess, HostEntry, StartHost } from './hostProcess.ts'

export interface SupervisedHost<C extends Contract> {
  /**
   * The client of the process, which is started if necessary. Its calls reject with `disconnected`
   * when the process ends.
   *
   * @throws AppError `host-crashed` during the wait after several crashes in a row.
   */
  client(): Client<C>
  /** Process id; undefined if it isn't running. */
  readonly pid: number | undefined
  /** Milliseconds until a process may be started again after crashes; 0 if one runs or may start. */
  readonly waitMs: number
  /** Calls `listener` each time the process ends without a call of `stop`. */
  onCrash(listener: (exit: HostExit) => void): () => void
  /** Kills a process that makes no progress, unless it is being debugged. Counts as a crash. */
  giveUp(): void
  /** Ends the process; the next `client()` starts a new one. */
  stop(): void
}

export interface SuperviseOptions {
  readonly start: StartHost
  readonly entry: HostEntry
  readonly host?: HostOptions
}

/**
 * Milliseconds to wait before a start after n crashes in a row; the last value is used for more.
 */
const backoffMs = [0, 0, 1_000, 5_000, 30_000]
/** Milliseconds after which a running process resets the count of crashes. */
export const recoveredAfterMs = 60_000

interface Running<C extends Contract> {
  readonly process: HostProcess
  readonly client: Client<C>
  readonly crashed: (exit: HostExit) => void
  /** Rejects all pending calls. */
  readonly close: () => void
}

/** Keeps one helper process available, with backoff after repeated crashes. */
export function superviseHost<C extends Contract>(
  contract: C,
  { start, entry, host }: SuperviseOptions,
): SupervisedHost<C> {
  let running: Running<C> | undefined
  let crashes = 0
  let crashedAt = -Infinity
  const crashExits = createEmitter<HostExit>()

  function waitMs(): number {
    if (running !== undefined) return 0
    const wait = backoffMs[Math.min(crashes, backoffMs.length - 1)] ?? 0
    // A clock that is set back must not make it longer.
    return Math.min(wait, Math.max(0, crashedAt + wait - Date.now()))
  }

  function launch(): Client<C> {
    const left = waitMs()
    if (left > 0) {
      throw new AppError(
        'host-crashed',
        `A part of Penknife (${entry}) keeps stopping. It is tried again in ${String(Math.ceil(left / 1000))} s.`,
      )
    }
    const process = start(entry, host)
    const { transport, close } = closableTransport(process.transport)
    const client = createClient(contract, transport)
    const startedAt = Date.now()
    const crashed = (exit: HostExit): void => {
      if (running !== current) return
      running = undefined
      crashes = Date.now() - startedAt > recoveredAfterMs ? 1 : crashes + 1
      crashedAt = Date.now()
      crashExits.emit(exit)
    }
    const current: Running<C> = { process, client, crashed, close }
    running = current
    process.onExit(crashed)
    return client
  }

  return {
    client: () => running?.client ?? launch(),
    get pid() {
      return running?.process.pid
    },
    get waitMs() {
      return waitMs()
    },
    onCrash: crashExits.on,
    giveUp() {
      const last = running
      if (last?.process.inspected === true) return
      last?.crashed({ code: null, signal: null, hung: true })
      last?.close()
      last?.process.kill()
    },
    stop() {
      const last = running
      running = undefined
      last?.process.kill()
    },
  }
}
