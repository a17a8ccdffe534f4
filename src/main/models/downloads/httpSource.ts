import { Agent, EnvHttpProxyAgent, ProxyAgent, request, type Dispatcher } from 'undici'
import { AppError, throwIfAborted } from '../../../shared/errors.ts'
import { appVersion } from '../../config/version.ts'
import { networkError, refusal } from './downloadErrors.ts'

/** A host's response: a stream of the file or the rest of it. */
export interface HttpAnswer {
  /** Offset of the body in the file: the requested one, or 0 if the whole file is sent. */
  readonly from: number
  /** Length of the whole file; null if the host doesn't send it. */
  readonly totalBytes: number | null
  /** Strong ETag, which identifies this version of the file. */
  readonly etag: string | null
  /** The publisher's SHA-256, if the host sends it. */
  readonly sha256: string | null
  /** @throws AppError, `Interrupted`; `cancelled`. */
  readonly body: AsyncIterable<Uint8Array>
  /** Closes the connection if the body wasn't read to its end. */
  close(): void
}

/** Requests files from hosts. */
export interface HttpSource {
  /**
   * Requests a file from an offset on if it is still the version `etag`, else all of it.
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
/**
 * Bytes buffered while the disk writes. With a smaller buffer, network and disk wait for each other
 * on a busy computer.
 */
const bufferBytes = 512 * 1024

export function createHttpSource(dispatcher: Dispatcher): HttpSource {
  return {
    async open(url, { from, etag }, signal) {
      const headers = {
        'user-agent': `Penknife/${appVersion}`,
        // A range of a compressed body wouldn't be a range of the file.
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
 * The dispatcher for all requests.
 *
 * @param proxy address of a proxy; null: the environment's, if set.
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

/** Follows redirects, and returns a SHA-256 that one of them has in a header. */
async function follow(
  url: string,
  options: RequestOptions,
): Promise<{ readonly response: Response; readonly sha256: string | null }> {
  let address = new URL(url)
  let sha256: string | null = null
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await ask(address, options)
    // Hugging Face sends the hash of a large file with the redirect to it.
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
    // The reader of the body gets its error. Without a listener an error before that, or of an
    // unread body, would end the process.
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

/** A weak ETag doesn't guarantee identical bytes. */
function strongEtag(header: string | null): string | null {
  return header === null || header.startsWith('W/') ? null : header
}

function sha256In(header: string | null): string | null {
  return /^"?([0-9a-f]{64})"?$/u.exec(header ?? '')?.[1] ?? null
}
