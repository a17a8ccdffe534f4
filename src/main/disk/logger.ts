import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { systemErrorCode, whenMissing } from './systemError.ts'

export type LogDetails = Readonly<Record<string, string | number | boolean | null>>

/**
 * The log. Never give it text of a document, a question or a prompt: describe errors by ids, codes,
 * counts and places in the code.
 */
export interface Logger {
  debug(message: string, details?: LogDetails): void
  info(message: string, details?: LogDetails): void
  warn(message: string, details?: LogDetails): void
  /** Of `error` the kind and the place are written; its message only if Penknife wrote it. */
  error(message: string, error?: unknown, details?: LogDetails): void
  /** Resolves once everything is written. */
  close(): Promise<void>
}

const levels = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof levels)[number]

export interface LoggerOptions {
  readonly level?: Level
  /** Bytes after which a new file begins. */
  readonly maxBytes?: number
  /** Number of full files that are kept beside the current one. */
  readonly keep?: number
}

/** Writes plain text to `penknife.log`; full files move on to `penknife.1.log` and so on. */
export function createLogger(
  directory: string,
  { level = 'info', maxBytes = 1_000_000, keep = 3 }: LoggerOptions = {},
): Logger {
  const fileNumber = (n: number): string =>
    path.join(directory, n === 0 ? 'penknife.log' : `penknife.${String(n)}.log`)
  let size: number | undefined
  let pending = ''
  let writing: Promise<void> | undefined

  async function rotate(): Promise<void> {
    await rm(fileNumber(keep), { force: true })
    for (let n = keep - 1; n >= 0; n -= 1) {
      await rename(fileNumber(n), fileNumber(n + 1)).catch(whenMissing(undefined))
    }
    size = 0
  }

  async function writePending(): Promise<void> {
    if (size === undefined) {
      await mkdir(directory, { recursive: true })
      const found = await stat(fileNumber(0)).catch(whenMissing(undefined))
      size = found?.size ?? 0
    }
    while (pending !== '') {
      const text = pending
      pending = ''
      if (size > 0 && size + text.length > maxBytes) await rotate()
      await appendFile(fileNumber(0), text)
      size += text.length
    }
  }

  function write(at: Level, message: string, details: LogDetails = {}): void {
    if (levels.indexOf(at) < levels.indexOf(level)) return
    const extra = Object.entries(details).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
    pending += `${new Date().toISOString()} ${at.padEnd(5)} ${message}${extra.join('')}\n`
    // A log that cannot be written (a full disk) must not stop the work that it records.
    writing ??= writePending()
      .catch(() => (pending = ''))
      .then(() => (writing = undefined))
  }

  return {
    debug: (message, details) => write('debug', message, details),
    info: (message, details) => write('info', message, details),
    warn: (message, details) => write('warn', message, details),
    error: (message, error, details) => {
      write('error', message, { ...details, ...(error === undefined ? {} : describeError(error)) })
    },
    async close() {
      while (writing !== undefined) await writing
    },
  }
}

/** The kind and the place of an error; its message only if Penknife wrote it. */
export function describeError(error: unknown): LogDetails {
  if (!(error instanceof Error)) return { error: typeof error }
  // Messages of other people's errors may quote what they choked on.
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code = systemErrorCode(error)
  return {
    error: error.name,
    ...(code === undefined ? {} : { code }),
    ...(error instanceof AppError ? { said: error.message } : {}),
    at: places
      .slice(0, 6)
      .map((line) => line.trim())
      .join(' | '),
  }
}
