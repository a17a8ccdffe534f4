import { createMutex } from '../flow/mutex.ts'
import type { StartHost } from '../processes/hostProcess.ts'
import type { PassageSize } from '../embedding/passageSize.ts'
import { chunkOptionsFor, type ChunkOptions } from './chunking/chunkOptions.ts'
import type { ParseRequest } from './host/parserContract.ts'
import { defaultParseLimits, type ParseLimits } from './parseLimits.ts'
import type { Parser } from './parser.ts'
import { createParserProcess, parserCrashed, type ParserPatience } from './parserProcess.ts'

export interface HostParserLimits extends ParseLimits, ParserPatience {
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

/**
 * Reads files in a separate process, one after another. A file that takes too long, or too much
 * memory, ends the process; the next file gets a new one at once: a bad file says nothing about the
 * next.
 */
export function createHostParser(options: HostParserOptions): Parser {
  const limits = { ...defaultHostParserLimits, ...options.limits }
  const process = createParserProcess(options.start, limits.heapMiB, limits)
  const inTurn = createMutex()

  function measures({
    tokenizerDir,
    maxTokens,
  }: PassageSize): Pick<ParseRequest, 'tokenizerDir' | 'chunking' | 'memoryMiB'> {
    const chunking = chunkOptionsFor(maxTokens, options.chunking)
    return { tokenizerDir, chunking, memoryMiB: limits.memoryMiB }
  }

  return {
    parse: ({ passageSize, ...job }, onProgress, signal) =>
      inTurn(() =>
        process.run(async ({ parser }, alive) => {
          const request = { ...job, ...measures(passageSize), limits }
          for await (const item of parser.parse(request)) {
            alive()
            if (item.type === 'done') return item.document
            onProgress({ page: item.page, pages: item.pages })
          }
          throw parserCrashed()
        }, signal),
      ),
    cut: ({ passageSize, ...job }, signal) =>
      inTurn(() =>
        process.run(({ parser }) => parser.cut({ ...job, ...measures(passageSize) }), signal),
      ),
    dispose() {
      process.dispose()
      return Promise.resolve()
    },
  }
}
