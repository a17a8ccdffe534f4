import { AppError, cancelled, throwIfAborted } from '../../shared/errors.ts'
import { createClient } from '../../shared/rpc/client.ts'
import type { Client } from '../../shared/rpc/contract.ts'
import type { HostExit, HostProcess, StartHost } from '../hosts/hostProcess.ts'
import { parserContract } from '../hosts/parserContract.ts'
import { defaultChunkOptions, type ChunkOptions } from './chunking/chunkOptions.ts'
import { defaultParseLimits, type ParseLimits } from './formats/format.ts'
import type { ParsedDocument, ParseJob, Parser } from './parser.ts'

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
  /** Folder of the embedder's tokenizer, in whose tokens chunks are measured. */
  readonly tokenizerDir: string
  readonly limits?: Partial<HostParserLimits>
  readonly chunking?: ChunkOptions
}

interface Running {
  readonly process: HostProcess
  readonly client: Client<typeof parserContract>
  exit: HostExit | undefined
}

type OnProgress = Parameters<Parser['parse']>[1]

/**
 * Reads files in a process of its own, one after another. The process is killed when a file takes
 * too long or is given up; it dies by itself of a file that needs too much memory. Either way the
 * next file gets a fresh one at once: a bad file says nothing about the next.
 */
export function createHostParser(options: HostParserOptions): Parser {
  const limits = { ...defaultHostParserLimits, ...options.limits }
  const chunking = options.chunking ?? defaultChunkOptions
  let running: Running | undefined
  let queue: Promise<unknown> = Promise.resolve()
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

  async function read(
    job: ParseJob,
    onProgress: OnProgress,
    signal: AbortSignal | undefined,
  ): Promise<ParsedDocument> {
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
      const { memoryMiB } = limits
      const request = { ...job, tokenizerDir: options.tokenizerDir, limits, chunking, memoryMiB }
      for await (const item of host.client.parser.parse(request)) {
        clearTimeout(stall)
        stall = setTimeout(tooSlow, limits.stallMs)
        if (item.type === 'done') return item.document
        onProgress({ page: item.page, pages: item.pages })
      }
      throw new AppError('host-crashed', crashedMessage)
    } catch (error) {
      throw givenUp ?? explain(error, host.exit)
    } finally {
      clearTimeout(stall)
      clearTimeout(total)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  return {
    parse(job, onProgress, signal) {
      const turn = queue.then(() => read(job, onProgress, signal))
      queue = turn.catch(() => undefined)
      return turn
    },
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
