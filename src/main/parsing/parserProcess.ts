import { AppError, cancelled, throwIfAborted } from '../../shared/errors.ts'
import { createClient } from '../../shared/rpc/client.ts'
import type { Client } from '../../shared/rpc/contract.ts'
import type { HostExit, HostProcess, StartHost } from '../processes/hostProcess.ts'
import { watchFile } from './fileWatch.ts'
import { parserContract } from './host/parserContract.ts'
import type { ParserPatience } from './parserPatience.ts'

type ParserClient = Client<typeof parserContract>

/** What a person is told about a file that could not be read to its end. */
export interface ParserFailures {
  readonly tooSlow: () => AppError
  readonly outOfMemory: (cause: unknown) => AppError
  /** The process ended before the file was read. */
  readonly crashed: (cause?: unknown) => AppError
}

export interface ReadingLimits {
  readonly patience: ParserPatience
  readonly failures: ParserFailures
  readonly signal: AbortSignal | undefined
}

/**
 * A process that reads files, which is started when it is needed. It is killed when a file takes
 * too long or is cancelled; the next file gets a new process at once.
 */
export interface ParserProcess {
  /**
   * Does one piece of work in the process. Only one at a time.
   *
   * @param work calls `alive` whenever it sees progress.
   * @throws AppError `cancelled`, one of `failures`, and what the process says.
   */
  run<T>(
    work: (client: ParserClient, alive: () => void) => Promise<T>,
    limits: ReadingLimits,
  ): Promise<T>
  /** Kills the process; the next piece of work starts another. */
  readonly end: () => void
  /** Kills the process; nothing is read any more. */
  readonly dispose: () => void
}

interface Running {
  readonly process: HostProcess
  readonly client: ParserClient
  exit: HostExit | undefined
}

/** @param heapMiB JavaScript heap of the process, in MiB. */
export function createParserProcess(start: StartHost, heapMiB: number): ParserProcess {
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
    async run(work, { patience, failures, signal }) {
      throwIfAborted(signal)
      if (disposed) throw cancelled()
      const host = running ?? launch()
      const watch = watchFile(patience, kill, failures.tooSlow, signal)
      try {
        return await work(host.client, watch.alive)
      } catch (error) {
        throw watch.givenUp() ?? explain(error, host.exit, failures)
      } finally {
        watch.end()
      }
    },
    end: kill,
    dispose() {
      disposed = true
      kill()
    },
  }
}

/** V8 aborts when its heap is full (SIGABRT, 134); the system kills what takes all memory. */
function explain(
  error: unknown,
  exit: HostExit | undefined,
  { crashed, outOfMemory }: ParserFailures,
): AppError {
  if (exit === undefined) {
    return error instanceof AppError && error.code !== 'disconnected' ? error : crashed(error)
  }
  const noMemory =
    exit.signal === 'SIGABRT' || exit.signal === 'SIGKILL' || exit.code === 134 || exit.code === 137
  return noMemory ? outOfMemory(error) : crashed(error)
}
