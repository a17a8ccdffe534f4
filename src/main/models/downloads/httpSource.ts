import { Agent, EnvHttpProxyAgent, ProxyAgent, request, type Dispatcher } from 'undici'
import { AppError, throwIfAborted } from '../../../shared/errors.ts'
import { appVersion } from '../../config/version.ts'
import { networkError, refusal } from './downloadErrors.ts'

/** What a host answers: the file, or the rest of it, as it arrives. */
export interface HttpAnswer {
  /** The byte of the file that the body begins with: the one asked for, or 0 if all of it is sent. */
  readonly from: number
  /** Length of the whole file; null if the host does not tell. */
  readonly totalBytes: number | null
  /** Names this version of the file. */
  readonly etag: string | null
  /** The publisher's SHA-256, if the host tells it. */
  readonly sha256: string | null
  /** @throws AppError, `Interrupted`; `cancelled`. */
  readonly body: AsyncIterable<Uint8Array>
  /** Ends the connection if the body was not read to its end. */
  close(): void
}

/** Asks hosts for files. */
export interface HttpSource {
  /**
   * Asks for a file from a byte on, as long as it is still the version `etag`.
   *
   * @throws AppError, `Interrupted`; `cancelled`.
   */
  open(
    url: string,
    wanted: { readonly from: number; readonly etag: string | null },
    signal: AbortSignal,
  ): Promise<HttpAnswer>
  close(): Promise<void>
}

const mostRedirects = 6
/** What arrives while the disk writes. With less, a busy machine makes both wait for each other. */
const bufferBytes = 512 * 1024

export function createHttpSource(dispatcher: Dispatcher): HttpSource {
  return {
    async open(url, { from, etag }, signal) {
      const headers = {
        'user-agent': `Penknife/${appVersion}`,
        // A range of a compressed body would be a range of something else.
        'accept-encoding': 'identity',
        range: `bytes=${String(from)}-`,
        ...(etag === null ? {} : { 'if-range': etag }),
      }
      const { response, sha256 } = await follow(url, { dispatcher, headers, signal })
      const { host } = new URL(url)
      if (response.statusCode !== 200 && response.statusCode !== 206) {
        response.body.destroy()
        throw refusal(response.statusCode, host)
      }
      const range = rangeOf(response)
      const partial = response.statusCode === 206 && range?.from === from
      return {
        from: partial ? from : 0,
        totalBytes: partial ? range.total : lengthOf(response),
        etag: strongEtag(headerOf(response, 'etag')),
        sha256,
        body: bodyOf(response, host, signal),
        close: () => void response.body.destroy(),
      }
    },
    close: () => dispatcher.destroy(),
  }
}

/**
 * How hosts are reached.
 *
 * @param proxy address of a proxy; null: that of the environment, if it names one.
 * @param silenceMs milliseconds without a byte after which a connection counts as broken.
 */
export function createDispatcher(proxy: string | null, silenceMs: number): Dispatcher {
  const limits = {
    connect: { timeout: silenceMs },
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
  }
  if (proxy !== null) return new ProxyAgent({ uri: proxy, ...limits })
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy } = process.env
  const named = HTTPS_PROXY ?? https_proxy ?? HTTP_PROXY ?? http_proxy
  return named === undefined ? new Agent(limits) : new EnvHttpProxyAgent(limits)
}

type Response = Dispatcher.ResponseData

interface RequestOptions {
  readonly dispatcher: Dispatcher
  readonly headers: Record<string, string>
  readonly signal: AbortSignal
}

/** Follows redirects, and keeps the SHA-256 that one of them tells. */
async function follow(
  url: string,
  options: RequestOptions,
): Promise<{ readonly response: Response; readonly sha256: string | null }> {
  let address = new URL(url)
  let sha256: string | null = null
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await ask(address, options)
    // Hugging Face tells the hash of a large file where it redirects to the file.
    sha256 ??= sha256In(headerOf(response, 'x-linked-etag'))
    const location = headerOf(response, 'location')
    if (response.statusCode < 300 || response.statusCode >= 400 || location === null) {
      return { response, sha256 }
    }
    response.body.destroy()
    const next = new URL(location, address)
    if (address.protocol === 'https:' && next.protocol !== 'https:') throw badRedirect(address)
    address = next
  }
  throw badRedirect(address)
}

async function ask(address: URL, options: RequestOptions): Promise<Response> {
  try {
    const response = await request(address, { ...options, highWaterMark: bufferBytes })
    // Who reads the body gets its error. One that comes before that, or because the body is left
    // unread, would end the process without a listener.
    response.body.on('error', () => undefined)
    return response
  } catch (error) {
    throwIfAborted(options.signal)
    throw networkError(error, address.host)
  }
}

async function* bodyOf(
  { body }: Response,
  host: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of body) yield bytes as Uint8Array
  } catch (error) {
    throwIfAborted(signal)
    throw networkError(error, host)
  }
}

function badRedirect({ host }: URL): AppError {
  return new AppError(
    'invalid-input',
    `${host} redirects without end or to an address that isn't secure, so nothing was downloaded. Check the address.`,
  )
}

function headerOf({ headers }: Response, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' ? value : null
}

function rangeOf(response: Response): { from: number; total: number | null } | null {
  const header = headerOf(response, 'content-range')
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(header ?? '')
  if (match === null) return null
  return { from: Number(match[1]), total: match[2] === '*' ? null : Number(match[2]) }
}

function lengthOf(response: Response): number | null {
  const header = headerOf(response, 'content-length')
  return header !== null && /^\d+$/u.test(header) ? Number(header) : null
}

/** A weak one does not say that the bytes are the same. */
function strongEtag(header: string | null): string | null {
  return header === null || header.startsWith('W/') ? null : header
}

function sha256In(header: string | null): string | null {
  return /^"?([0-9a-f]{64})"?$/u.exec(header ?? '')?.[1] ?? null
}
