import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError, cancelled, throwIfAborted } from '../../../shared/errors.ts'
import { createClient } from '../../../shared/rpc/client.ts'
import { makeFolder } from '../../disk/durableFile.ts'
import { explainingWrites } from '../../disk/writeErrors.ts'
import type { HostExit, StartHost } from '../../processes/hostProcess.ts'
import { parserContract, type TableRequest } from '../../parsing/host/parserContract.ts'
import { defaultTableLimits } from '../../parsing/parseLimits.ts'
import type { TableReader } from './tableImport.ts'
import type { TableRow } from '../../parsing/tables/table.ts'

/** Time limit for one table, in milliseconds. */
const longestMs = 5 * 60_000
const heapMiB = 1_536
const memoryMiB = 2_560

export interface HostTableReaderOptions {
  readonly start: StartHost
  /** Folder for temporary files. */
  readonly spool: string
}

/**
 * Reads each table in a separate process, which ends afterwards: a foreign file can take long, use
 * all memory or crash a library, and none of that may affect the app.
 */
export function createHostTableReader({ start, spool }: HostTableReaderOptions): TableReader {
  return async ({ name, bytes }, signal) => {
    throwIfAborted(signal)
    const file = path.join(spool, `table-${randomUUID()}`)
    try {
      await keep(file, bytes)
      return await readInHost(start, { file, name, limits: defaultTableLimits, memoryMiB }, signal)
    } finally {
      await rm(file, { force: true })
    }
  }
}

async function keep(file: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(path.dirname(file))
  await explainingWrites(() => writeFile(file, bytes))
}

async function readInHost(
  start: StartHost,
  request: TableRequest,
  signal: AbortSignal,
): ReturnType<TableReader> {
  const host = start('parser.host', { heapMiB })
  const client = createClient(parserContract, host.transport)
  let exit: HostExit | undefined
  let givenUp: AppError | undefined
  host.onExit((how) => (exit = how))
  const giveUp = (why: AppError): void => {
    givenUp ??= why
    host.kill()
  }
  const onAbort = (): void => giveUp(cancelled())
  const timer = setTimeout(() => giveUp(tooSlow(request.name)), longestMs)
  signal.addEventListener('abort', onAbort)
  try {
    let columns: readonly string[] = []
    let notices: readonly string[] = []
    const rows: TableRow[] = []
    for await (const item of client.parser.readTable(request)) {
      if (item.type === 'head') ({ columns, notices } = item)
      else rows.push(...item.rows)
    }
    return { columns, rows, notices }
  } catch (error) {
    throw givenUp ?? explain(error, exit, request.name)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    host.kill()
  }
}

function explain(error: unknown, exit: HostExit | undefined, name: string): AppError {
  if (error instanceof AppError && error.code !== 'disconnected' && exit === undefined) return error
  return new AppError(
    'host-crashed',
    `Reading ${name} needed more memory than there is, or the file is damaged. Nothing was imported. Split it into smaller files, or save it as CSV.`,
    { cause: error },
  )
}

function tooSlow(name: string): AppError {
  return new AppError(
    'timed-out',
    `${name} took too long to read and was given up. Nothing was imported. Split it into smaller files, or save it as CSV.`,
  )
}
