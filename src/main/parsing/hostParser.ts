import { AppError } from '../../shared/errors.ts'
import type { PassageSize } from '../embedding/passageSize.ts'
import type { StartHost } from '../processes/hostProcess.ts'
import { chunkOptionsFor, type ChunkOptions } from './chunking/chunkOptions.ts'
import type { ParseRequest } from './host/parserContract.ts'
import { defaultParseLimits, type ParseLimits } from './parseLimits.ts'
import type { Parser } from './parser.ts'
import { cutPatience, patienceFor } from './parserPatience.ts'
import { createParserPool } from './parserPool.ts'
import { createParserProcess, type ParserFailures } from './parserProcess.ts'

export interface HostParserLimits extends ParseLimits {
  /** JavaScript heap of a process, in MiB. */
  readonly heapMiB: number
  /** All memory of a process, buffers included, in MiB. */
  readonly memoryMiB: number
}

export const defaultHostParserLimits: HostParserLimits = {
  ...defaultParseLimits,
  heapMiB: 1024,
  memoryMiB: 2560,
}

export interface HostParserOptions {
  readonly start: StartHost
  /** Number of processes, each of which reads one file at a time. */
  readonly count?: number
  readonly limits?: Partial<HostParserLimits>
  readonly patienceOf?: typeof patienceFor
  /** Of passages, for embedders that read as much. */
  readonly chunking?: ChunkOptions
}

/**
 * Reads files in separate processes. A file that takes too long, or too much memory, ends its
 * process; the next file gets a new one at once: a bad file says nothing about the next.
 */
export function createHostParser({
  start,
  count = 1,
  patienceOf = patienceFor,
  ...options
}: HostParserOptions): Parser {
  const limits = { ...defaultHostParserLimits, ...options.limits }
  const pool = createParserPool(() => createParserProcess(start, limits.heapMiB), count)

  function measures({
    tokenizerDir,
    maxTokens,
  }: PassageSize): Pick<ParseRequest, 'tokenizerDir' | 'chunking' | 'memoryMiB'> {
    const chunking = chunkOptionsFor(maxTokens, options.chunking)
    return { tokenizerDir, chunking, memoryMiB: limits.memoryMiB }
  }

  return {
    atOnce: count,
    parse({ passageSize, bytes, othersWait, ...job }, onProgress, signal) {
      const patience = patienceOf(bytes, othersWait)
      return pool.run((process) =>
        process.run(
          async ({ parser }, alive) => {
            const request = { ...job, ...measures(passageSize), limits }
            for await (const item of parser.parse(request)) {
              alive()
              if (item.type === 'done') return item.document
              onProgress({ page: item.page, pages: item.pages })
            }
            throw failures.crashed()
          },
          { patience, failures, signal },
        ),
      )
    },
    cut: ({ passageSize, ...job }, signal) =>
      pool.run((process) =>
        process.run(({ parser }) => parser.cut({ ...job, ...measures(passageSize) }), {
          patience: cutPatience,
          failures,
          signal,
        }),
      ),
    dispose() {
      pool.dispose()
      return Promise.resolve()
    },
  }
}

const failures: ParserFailures = {
  tooSlow: () =>
    new AppError(
      'timed-out',
      'This file took too long to read and was given up. Split it into smaller files, or save it in another format.',
    ),
  outOfMemory: (cause) =>
    new AppError(
      'out-of-memory',
      'This file needs more memory than Penknife may use to read one. Split it into smaller files and add those.',
      { cause },
    ),
  crashed: (cause) =>
    new AppError(
      'host-crashed',
      'This file stopped the program that reads documents. It may be damaged: save it again in another format and add that.',
      { cause },
    ),
}
