import { AppError } from '../../../shared/errors.ts'
import { systemErrorCode } from '../../disk/systemError.ts'

/** The connection broke or the host is busy: a retry may succeed. */
export class Interrupted extends Error {
  /** What happened, as the end of a sentence. */
  readonly reason: string

  constructor(reason: string, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

/** The error for a response with a status other than 200 and 206. */
export function refusal(status: number, host: string): Error {
  if (status === 401 || status === 403) {
    return new AppError(
      'permission-denied',
      `${host} does not hand this file out (${String(status)}). Some publishers first want their licence to be accepted on their site. Accept it there, download the file with your browser, then add it here.`,
    )
  }
  if (status === 404 || status === 410) {
    return new AppError(
      'not-found',
      `${host} does not have this file (${String(status)}). It may have been moved or withdrawn. Choose another one.`,
    )
  }
  if (status === 407) return proxyRefuses(407)
  if (status === 408 || status === 429 || status >= 500) {
    return new Interrupted(`${host} is busy (${String(status)})`)
  }
  return new AppError(
    'invalid-input',
    `${host} answered with ${String(status)} and no file. Check the address, or try again later.`,
  )
}

/**
 * Translates an error of a request or stream: `Interrupted` if a retry may help, else an AppError
 * with a sentence for the user.
 */
export function networkError(error: unknown, host: string): Error {
  if (error instanceof AppError || error instanceof Interrupted) return error
  const codes = codesOf(error)
  if (/Proxy response \((\d{3})\)/u.exec(messagesOf(error))?.[1] === '407') return proxyRefuses(407)
  if (codes.some((code) => /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/u.test(code))) {
    return new AppError(
      'permission-denied',
      `${host} could not prove who it is, so nothing was downloaded. Check the clock of this machine and the proxy in Settings.`,
      { cause: error },
    )
  }
  if (codes.some((code) => code === 'ENOTFOUND' || code === 'EAI_AGAIN')) {
    return new Interrupted(`${host} was not found: is this machine connected?`, error)
  }
  if (codes.includes('ECONNREFUSED')) return new Interrupted(`${host} refuses connections`, error)
  if (codes.some((code) => code.endsWith('TIMEOUT') || code === 'ETIMEDOUT')) {
    return new Interrupted(`${host} has stopped sending`, error)
  }
  return new Interrupted(`the connection to ${host} broke`, error)
}

export function interruptedTooOften({ reason }: Interrupted): AppError {
  const what = reason.charAt(0).toUpperCase() + reason.slice(1)
  return new AppError(
    'disconnected',
    `${what}. What arrived is kept; resume the download later, or check the proxy in Settings.`,
  )
}

function proxyRefuses(status: number): AppError {
  return new AppError(
    'permission-denied',
    `The proxy wants a name and a password (${String(status)}). Put them into its address in Settings, then resume the download.`,
  )
}

function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const own = systemErrorCode(error)
  const inner = error instanceof AggregateError ? error.errors.flatMap(codesOf) : []
  return [...(own === undefined ? [] : [own]), ...inner, ...codesOf(error.cause)]
}

function messagesOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${messagesOf(error.cause)}` : ''
}
