import { AppError, cancelled, throwIfAborted } from '../../shared/errors.ts'
import { createClient } from '../../shared/rpc/client.ts'
import type { Client } from '../../shared/rpc/contract.ts'
import { createMutex } from '../flow/mutex.ts'
import type { HostExit, HostProcess, StartHost } from '../processes/hostProcess.ts'
import { parserContract } from './host/parserContract.ts'
import type { PassageSize } from '../embedding/passageSize.ts'
import { chunkOptionsFor, type ChunkOptions } from './chunking/chunkOptions.ts'
import { defaultParseLimits, type ParseLimits } from './parseLimits.ts'
import type { Parser } from './parser.ts'

export interface HostParserLimits extends ParseLimits {
  /** Longest time without progress, in milliseconds. */
  readonly stallMs: number
  /** Longest time for one file, in milliseconds. */
  readonly totalMs: number
  /** JavaScript heap of the process, in MiB. */
  readonly heapMiB: number
  /** All memory of the process, buffers included, in MiB. */
  readonly memoryMiB: number
}

export const defaultHostParserLimits: HostParserLimits = {
  ...defaultParseLimits,
  stallMs: 120_000,
  totalMs: 30 * 60_000,
  heapMiB: 1024,
  memoryMiB: 2560,
}

export interface HostParserOptions {
  readonly start: StartHost
  readonly limits?: Partial<HostParserLimits>
  /** Of passages, for embedders that read as much. */
  readonly chunking?: ChunkOptions
}

interface Running {
  readonly process: HostProcess
  readonly client: Client<typeof parserContract>
  exit: HostExit | undefined
}

/**
 * Reads files in a separate process, one after another. The process is killed when a file takes too
 * long or is cancelled; a file that needs too much memory crashes it. Either way the next file gets
 * a fresh process at once: a bad file says nothing about the next.
 */
export function createHostParser(options: HostParserOptions): Parser {
  const limits = { ...defaultHostParserLimits, ...options.limits }
  let running: Running | undefined
  const inTurn = createMutex()
  let disposed = false

  function launch(): Running {
    const process = options.start('parser.host', { heapMiB: limits.heapMiB })
    const current: Running = {
      process,
      client: createClient(parserContract, process.transport),
      exit: undefined,
    }
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

  function measures({ tokenizerDir, maxTokens }: PassageSize): {
    readonly tokenizerDir: string
    readonly chunking: ChunkOptions
    readonly memoryMiB: number
  } {
    const chunking = chunkOptionsFor(maxTokens, options.chunking)
    return { tokenizerDir, chunking, memoryMiB: limits.memoryMiB }
  }

  /** @param work calls `alive` whenever it sees progress. */
  async function watched<T>(
    work: (client: Running['client'], alive: () => void) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    throwIfAborted(signal)
    if (disposed) throw cancelled()
    const host = running ?? launch()
    let givenUp: AppError | undefined
    const giveUp = (why: AppError): void => {
      givenUp ??= why
      kill()
    }
    const onAbort = (): void => giveUp(cancelled())
    const tooSlow = (): void => giveUp(timedOut())
    signal?.addEventListener('abort', onAbort)
    const total = setTimeout(tooSlow, limits.totalMs)
    let stall = setTimeout(tooSlow, limits.stallMs)
    try {
      return await work(host.client, () => {
        clearTimeout(stall)
        stall = setTimeout(tooSlow, limits.stallMs)
      })
    } catch (error) {
      throw givenUp ?? explain(error, host.exit)
    } finally {
      clearTimeout(stall)
      clearTimeout(total)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  return {
    parse: ({ passageSize, ...job }, onProgress, signal) =>
      inTurn(() =>
        watched(async ({ parser }, alive) => {
          const request = { ...job, ...measures(passageSize), limits }
          for await (const item of parser.parse(request)) {
            alive()
            if (item.type === 'done') return item.document
            onProgress({ page: item.page, pages: item.pages })
          }
          throw new AppError('host-crashed', crashedMessage)
        }, signal),
      ),
    cut: ({ passageSize, ...job }, signal) =>
      inTurn(() =>
        watched(({ parser }) => parser.cut({ ...job, ...measures(passageSize) }), signal),
      ),
    dispose() {
      disposed = true
      kill()
      return Promise.resolve()
    },
  }
}

const crashedMessage =
  'This file stopped the program that reads documents. It may be damaged: save it again in another format and add that.'

function timedOut(): AppError {
  return new AppError(
    'timed-out',
    'This file took too long to read and was given up. Split it into smaller files, or save it in another format.',
  )
}

/** V8 aborts when its heap is full (SIGABRT, 134); the system kills what takes all memory. */
function explain(error: unknown, exit: HostExit | undefined): AppError {
  if (exit === undefined) {
    return error instanceof AppError && error.code !== 'disconnected'
      ? error
      : new AppError('host-crashed', crashedMessage, { cause: error })
  }
  const outOfMemory =
    exit.signal === 'SIGABRT' || exit.signal === 'SIGKILL' || exit.code === 134 || exit.code === 137
  if (!outOfMemory) return new AppError('host-crashed', crashedMessage, { cause: error })
  return new AppError(
    'out-of-memory',
    'This file needs more memory than Penknife may use to read one. Split it into smaller files and add those.',
    { cause: error },
  )
}
