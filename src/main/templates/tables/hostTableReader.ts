import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError, throwIfAborted } from '../../../shared/errors.ts'
import { makeFolder, remove } from '../../disk/durableFile.ts'
import { explainingWrites } from '../../disk/writeErrors.ts'
import type { StartHost } from '../../processes/hostProcess.ts'
import type { TableRequest } from '../../parsing/host/parserContract.ts'
import { defaultTableLimits } from '../../parsing/parseLimits.ts'
import type { ParserPatience } from '../../parsing/parserPatience.ts'
import { createParserProcess, type ParserFailures } from '../../parsing/parserProcess.ts'
import type { TableReader } from './tableImport.ts'
import type { TableRow } from '../../parsing/tables/table.ts'

/** A table has no progress of its own. */
const patience: ParserPatience = { stallMs: 5 * 60_000, totalMs: 5 * 60_000 }
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
      await remove(file)
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
  const process = createParserProcess(start, heapMiB)
  try {
    return await process.run(
      async ({ parser }) => {
        let columns: readonly string[] = []
        let notices: readonly string[] = []
        const rows: TableRow[] = []
        for await (const item of parser.readTable(request)) {
          if (item.type === 'head') ({ columns, notices } = item)
          else rows.push(...item.rows)
        }
        return { columns, rows, notices }
      },
      { patience, failures: failuresOf(request.name), signal },
    )
  } finally {
    process.dispose()
  }
}

function failuresOf(name: string): ParserFailures {
  const crashed = (cause?: unknown): AppError =>
    new AppError(
      'host-crashed',
      `Reading ${name} needed more memory than there is, or the file is damaged. Nothing was imported. Split it into smaller files, or save it as CSV.`,
      { cause },
    )
  return {
    crashed,
    outOfMemory: crashed,
    tooSlow: () =>
      new AppError(
        'timed-out',
        `${name} took too long to read and was given up. Nothing was imported. Split it into smaller files, or save it as CSV.`,
      ),
  }
}
