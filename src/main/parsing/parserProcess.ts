import { AppError, cancelled, throwIfAborted } from '../../shared/errors.ts'
import { createClient } from '../../shared/rpc/client.ts'
import type { Client } from '../../shared/rpc/contract.ts'
import type { HostExit, HostProcess, StartHost } from '../processes/hostProcess.ts'
import { parserContract } from './host/parserContract.ts'

/** How long a file may take. In milliseconds. */
export interface ParserPatience {
  /** Without progress. */
  readonly stallMs: number
  /** In all. */
  readonly totalMs: number
}

type ParserClient = Client<typeof parserContract>

/**
 * The process that reads files, which is started when it is needed. It is killed when a file takes
 * too long or is cancelled; the next file gets a new process at once.
 */
export interface ParserProcess {
  /**
   * Does one piece of work in the process. Only one at a time.
   *
   * @param work calls `alive` whenever it sees progress.
   * @throws AppError `cancelled`, `timed-out`, `out-of-memory`, `host-crashed`, and what the
   * process says.
   */
  run<T>(
    work: (client: ParserClient, alive: () => void) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T>
  /** Kills the process; nothing is read any more. */
  dispose(): void
}

interface Running {
  readonly process: HostProcess
  readonly client: ParserClient
  exit: HostExit | undefined
}

/** @param heapMiB JavaScript heap of the process, in MiB. */
export function createParserProcess(
  start: StartHost,
  heapMiB: number,
  patience: ParserPatience,
): ParserProcess {
  let running: Running | undefined
  let disposed = false

  function launch(): Running {
    const process = start('parser.host', { heapMiB })
    const client = createClient(parserContract, process.transport)
    const current: Running = { process, client, exit: undefined }
    process.onExit((exit) => {
      current.exit = exit
      if (running === current) running = undefined
    })
    running = current
    return current
  }

  function kill(): void {
    const last = running
    running = undefined
    last?.process.kill()
  }

  return {
    async run(work, signal) {
      throwIfAborted(signal)
      if (disposed) throw cancelled()
      const host = running ?? launch()
      const watch = watchFile(patience, kill, signal)
      try {
        return await work(host.client, watch.alive)
      } catch (error) {
        throw watch.givenUp() ?? explain(error, host.exit)
      } finally {
        watch.end()
      }
    },
    dispose() {
      disposed = true
      kill()
    },
  }
}

interface FileWatch {
  /** To be called whenever there is progress. */
  readonly alive: () => void
  /** Why the file was given up, if it was. */
  givenUp(): AppError | undefined
  end(): void
}

/** Gives a file up when it is cancelled or takes too long. */
function watchFile(
  { stallMs, totalMs }: ParserPatience,
  kill: () => void,
  signal: AbortSignal | undefined,
): FileWatch {
  let givenUp: AppError | undefined
  const giveUp = (why: AppError): void => {
    givenUp ??= why
    kill()
  }
  const onAbort = (): void => giveUp(cancelled())
  const tooSlow = (): void => giveUp(timedOut())
  signal?.addEventListener('abort', onAbort)
  const total = setTimeout(tooSlow, totalMs)
  let stall = setTimeout(tooSlow, stallMs)
  return {
    alive() {
      clearTimeout(stall)
      stall = setTimeout(tooSlow, stallMs)
    },
    givenUp: () => givenUp,
    end() {
      clearTimeout(stall)
      clearTimeout(total)
      signal?.removeEventListener('abort', onAbort)
    },
  }
}

/** The process ended before the file was read. */
export function parserCrashed(cause?: unknown): AppError {
  return new AppError(
    'host-crashed',
    'This file stopped the program that reads documents. It may be damaged: save it again in another format and add that.',
    { cause },
  )
}

function timedOut(): AppError {
  return new AppError(
    'timed-out',
    'This file took too long to read and was given up. Split it into smaller files, or save it in another format.',
  )
}

/** V8 aborts when its heap is full (SIGABRT, 134); the system kills what takes all memory. */
function explain(error: unknown, exit: HostExit | undefined): AppError {
  if (exit === undefined) {
    return error instanceof AppError && error.code !== 'disconnected' ? error : parserCrashed(error)
  }
  const outOfMemory =
    exit.signal === 'SIGABRT' || exit.signal === 'SIGKILL' || exit.code === 134 || exit.code === 137
  if (!outOfMemory) return parserCrashed(error)
  return new AppError(
    'out-of-memory',
    'This file needs more memory than Penknife may use to read one. Split it into smaller files and add those.',
    { cause: error },
  )
}
