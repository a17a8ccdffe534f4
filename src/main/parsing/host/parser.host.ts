import { readFile } from 'node:fs/promises'
import { createAsyncQueue } from '../../../shared/rpc/asyncQueue.ts'
import { serve } from '../../../shared/rpc/server.ts'
import type { CountTokens } from '../chunking/chunkOptions.ts'
import { cutText } from '../cutText.ts'
import { parseFile } from '../parseFile.ts'
import { guardMemory } from '../../processes/memoryGuard.ts'
import { createParentTransport } from '../../processes/parentTransport.ts'
import {
  parserContract,
  type CutRequest,
  type ParseItem,
  type ParseRequest,
  type TableItem,
  type TableRequest,
} from './parserContract.ts'
import { createTokenCounter } from './tokenCounter.ts'

/** Progress is told no more often than anybody can see. */
const progressEveryMs = 50

const counters = new Map<string, Promise<CountTokens>>()

let guarded = false

function counterFor(directory: string): Promise<CountTokens> {
  const counter = counters.get(directory) ?? createTokenCounter(directory)
  counters.set(directory, counter)
  return counter
}

function guardOnce(memoryMiB: number): void {
  if (!guarded) guardMemory(memoryMiB)
  guarded = true
}

function parse(request: ParseRequest, signal: AbortSignal): AsyncIterable<ParseItem> {
  guardOnce(request.memoryMiB)
  const stopped = new AbortController()
  const queue = createAsyncQueue<ParseItem>(() => {
    stopped.abort()
  })
  let toldAt = 0
  const onPage = (page: number, pages: number | null): void => {
    if (Date.now() - toldAt < progressEveryMs && page !== pages) return
    toldAt = Date.now()
    queue.push({ type: 'progress', page, pages })
  }
  async function read(): Promise<void> {
    try {
      const document = await parseFile(request, {
        limits: request.limits,
        chunking: request.chunking,
        countTokens: await counterFor(request.tokenizerDir),
        signal: AbortSignal.any([signal, stopped.signal]),
        onPage,
      })
      queue.push({ type: 'done', document })
      queue.end()
    } catch (error) {
      queue.fail(error)
    }
  }
  void read()
  return { [Symbol.asyncIterator]: () => queue.iterator }
}

async function cut(request: CutRequest): Promise<number> {
  guardOnce(request.memoryMiB)
  return cutText(request, await counterFor(request.tokenizerDir), request.chunking)
}

/** Rows told at a time: little enough that whoever takes them is never kept long. */
const rowsAtATime = 500

async function* readTableFile(
  { file, name, limits, memoryMiB }: TableRequest,
  signal: AbortSignal,
): AsyncGenerator<TableItem> {
  guardOnce(memoryMiB)
  const { readTable } = await import('../tables/readTable.ts')
  const { columns, rows, notices } = await readTable(
    { name, bytes: await readFile(file) },
    limits,
    signal,
  )
  yield { type: 'head', columns, notices }
  for (let from = 0; from < rows.length; from += rowsAtATime) {
    yield { type: 'rows', rows: rows.slice(from, from + rowsAtATime) }
  }
}

serve(
  parserContract,
  {
    parser: {
      parse: (request, { signal }) => parse(request, signal),
      cut,
      readTable: (request, { signal }) => readTableFile(request, signal),
    },
  },
  createParentTransport(),
  {
    onUnexpectedError(method, error) {
      process.stderr.write(`${method}: ${error instanceof Error ? (error.stack ?? '') : ''}\n`)
    },
  },
)
