import type { Transport, Unsubscribe } from '../../shared/rpc/transport.ts'

/** The programs that run as processes of their own. */
export type HostEntry = 'llm.host' | 'embedder.host' | 'parser.host'

export interface HostOptions {
  /** Limit of the process's JavaScript heap, in MiB. */
  readonly heapMiB?: number
}

export interface HostExit {
  readonly code: number | null
  readonly signal: string | null
  /** It was ended because it made no progress. */
  readonly hung?: true
}

/** A running helper process. Its transport closes when it exits. */
export interface HostProcess {
  readonly pid: number | undefined
  readonly transport: Transport
  /** A debugger may stop it: that it makes no progress is no reason to end it. */
  readonly inspected?: boolean
  onExit(listener: (exit: HostExit) => void): Unsubscribe
  /** Ends the process at once, whatever it is doing. */
  kill(): void
}

/** Starts a helper: `child_process.fork` in Node, `utilityProcess.fork` in Electron. */
export type StartHost = (entry: HostEntry, options?: HostOptions) => HostProcess
