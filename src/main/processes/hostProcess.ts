import type { Transport, Unsubscribe } from '../../shared/rpc/transport.ts'

/** The programs that run as separate processes. */
export type HostEntry = 'llm.host' | 'embedder.host' | 'parser.host'

export interface HostOptions {
  /** Limit of the process's JavaScript heap, in MiB. */
  readonly heapMiB?: number
  /** Receives what the process writes to stderr. */
  readonly onErrorOutput?: (text: string) => void
}

export interface HostExit {
  readonly code: number | null
  readonly signal: string | null
  /** It was killed because it made no progress. */
  readonly hung?: true
}

/** A running helper process. Its transport closes when it exits. */
export interface HostProcess {
  readonly pid: number | undefined
  readonly transport: Transport
  /** Started for a debugger, which may pause it: lack of progress is no reason to kill it. */
  readonly inspected?: boolean
  onExit(listener: (exit: HostExit) => void): Unsubscribe
  /** Kills the process at once. */
  kill(): void
}

/** Starts a helper process: `child_process.fork` in Node, `utilityProcess.fork` in Electron. */
export type StartHost = (entry: HostEntry, options?: HostOptions) => HostProcess
