import { readFile } from 'node:fs/promises'
import { streamWork } from '../../flow/workStream.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import type { CountTokens } from '../chunking/chunkOptions.ts'
import { cutText } from '../cutText.ts'
import { parseFile } from '../parseFile.ts'
import type {
  ParseItem,
  ParseRequest,
  parserContract,
  TableItem,
  TableRequest,
} from './parserContract.ts'

/** Progress is reported no more often than a person can notice. */
const progressEveryMs = 50

export interface ParserDeps {
  /** Makes the counter of an embedder's tokens from the folder of its tokenizer. */
  readonly createCounter: (tokenizerDir: string) => Promise<CountTokens>
  /** Called at each request with the memory that the whole process may take, in MiB. */
  readonly guard: (memoryMiB: number) => void
}

/** Answers what the process that reads documents and tables is asked. */
export function createParserHandlers({
  createCounter,
  guard,
}: ParserDeps): Handlers<typeof parserContract> {
  const counters = new Map<string, Promise<CountTokens>>()
  const counterFor = (directory: string): Promise<CountTokens> => {
    const counter = counters.get(directory) ?? createCounter(directory)
    counters.set(directory, counter)
    return counter
  }
  return {
    parser: {
      parse(request, { signal }) {
        guard(request.memoryMiB)
        return parse(request, counterFor, signal)
      },
      async cut(request) {
        guard(request.memoryMiB)
        return cutText(request, await counterFor(request.tokenizerDir), request.chunking)
      },
      readTable(request, { signal }) {
        guard(request.memoryMiB)
        return readTableFile(request, signal)
      },
    },
  }
}

function parse(
  request: ParseRequest,
  counterFor: ParserDeps['createCounter'],
  signal: AbortSignal,
): AsyncIterable<ParseItem> {
  return streamWork(async (push, stopped) => {
    let toldAt = -Infinity
    const document = await parseFile(request, {
      limits: request.limits,
      chunking: request.chunking,
      countTokens: await counterFor(request.tokenizerDir),
      signal: stopped,
      onPage(page, pages) {
        if (performance.now() - toldAt < progressEveryMs && page !== pages) return
        toldAt = performance.now()
        push({ type: 'progress', page, pages })
      },
    })
    push({ type: 'done', document })
  }, signal)
}

/** Rows sent at a time: few enough that the receiver is never blocked for long. */
const rowsAtATime = 500

async function* readTableFile(
  { file, name, limits }: TableRequest,
  signal: AbortSignal,
): AsyncGenerator<TableItem> {
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
