import type { Contract, Handlers } from '../../src/shared/rpc/contract.ts'
import { serve } from '../../src/shared/rpc/server.ts'
import type { Transport } from '../../src/shared/rpc/transport.ts'
import type { HostExit, HostProcess, StartHost } from '../../src/main/processes/hostProcess.ts'

export interface FakeHosts {
  readonly start: StartHost
  /** Every process that was started, oldest first. */
  readonly started: readonly FakeHost[]
}

export interface FakeHost extends HostProcess {
  /** Ends as if it had crashed. */
  crash(exit?: HostExit): void
  readonly alive: boolean
}

/** Processes in memory; messages are structured clones, as with real ones. */
export function createFakeHosts<C extends Contract>(
  contract: C,
  handlers: (host: { crash(): void }) => Handlers<C>,
): FakeHosts {
  const started: FakeHost[] = []
  return {
    started,
    start() {
      const host = createFakeHost(started.length + 1, (transport, crash) => {
        serve(contract, handlers({ crash }), transport)
      })
      started.push(host)
      return host
    },
  }
}

/** One process in memory. @param run uses the process's end of the wire. */
export function createFakeHost(
  pid: number,
  run: (transport: Transport, crash: () => void) => void,
): FakeHost {
  const toHost = new Set<(message: unknown) => void>()
  const toParent = new Set<(message: unknown) => void>()
  const onClose = new Set<() => void>()
  const onExit = new Set<(exit: HostExit) => void>()
  let alive = true

  const end = (to: Set<(m: unknown) => void>, from: Set<(m: unknown) => void>): Transport => ({
    send(message) {
      const copy: unknown = structuredClone(message)
      queueMicrotask(() => {
        if (alive) for (const listener of to) listener(copy)
      })
    },
    onMessage(listener) {
      from.add(listener)
      return () => from.delete(listener)
    },
    onClose(listener) {
      if (alive) onClose.add(listener)
      else listener()
      return () => onClose.delete(listener)
    },
  })
  const exit = (how: HostExit): void => {
    if (!alive) return
    alive = false
    for (const listener of onClose) listener()
    for (const listener of onExit) listener(how)
  }
  const crash = (how: HostExit = { code: null, signal: 'SIGSEGV' }): void => {
    exit(how)
  }
  run(end(toParent, toHost), crash)
  return {
    pid,
    get alive() {
      return alive
    },
    crash,
    transport: end(toHost, toParent),
    onExit(listener) {
      onExit.add(listener)
      return () => onExit.delete(listener)
    },
    kill() {
      exit({ code: null, signal: 'SIGKILL' })
    },
  }
}
