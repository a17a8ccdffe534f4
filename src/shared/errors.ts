/** Every way in which Penknife fails on purpose. Anything else becomes `internal`. */
export const errorCodes = [
  'invalid-input',
  'not-found',
  'unsupported-format',
  'document-unreadable',
  'document-encrypted',
  'document-too-large',
  'document-empty',
  'permission-denied',
  'library-locked',
  'model-missing',
  'model-load-failed',
  'prompt-too-long',
  'out-of-memory',
  'timed-out',
  'host-crashed',
  'disk-full',
  'disk-failed',
  'disconnected',
  'cancelled',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** An error as it crosses a wire. */
export interface WireError {
  readonly code: ErrorCode
  readonly message: string
}

/**
 * A failure that a person can act on: `code` is for programs, `message` is a whole sentence that
 * says what happened and what to do.
 */
export class AppError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
  }
}

/** The error that an aborted operation rejects with. */
export function cancelled(): AppError {
  return new AppError('cancelled', 'This was stopped.')
}

/** @param message says what to do. */
export function invalidInput(message: string, cause?: unknown): AppError {
  return new AppError('invalid-input', message, cause === undefined ? undefined : { cause })
}

export function isCancelled(error: unknown): boolean {
  return (
    (error instanceof AppError && error.code === 'cancelled') ||
    (error instanceof Error && error.name === 'AbortError')
  )
}

/** Whether a call failed because the connection to the core was lost. */
export function isDisconnected(error: unknown): boolean {
  return error instanceof AppError && error.code === 'disconnected'
}

/** Throws `cancelled` if the signal is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw cancelled()
}

/**
 * Makes an error fit for a wire. Unexpected errors keep their message out of the interface: it may
 * contain document text.
 */
export function toWire(error: unknown): WireError {
  if (error instanceof AppError) return { code: error.code, message: error.message }
  if (isCancelled(error)) return { code: 'cancelled', message: 'This was stopped.' }
  return { code: 'internal', message: 'Something went wrong inside Penknife. The log has details.' }
}

/** Whether an error was not foreseen: a person is referred to the log, so it must be there. */
export function isUnexpected(error: unknown): boolean {
  return toWire(error).code === 'internal'
}

export function fromWire(error: WireError): AppError {
  return new AppError(error.code, error.message)
}

/** Closes a switch over a union: a new member becomes a compile error. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
