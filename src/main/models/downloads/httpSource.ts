import { Agent, EnvHttpProxyAgent, ProxyAgent, fetch, type Dispatcher, type Response } from 'undici'
import { AppError, isCancelled } from '../../../shared/errors.ts'
import { appVersion } from '../../config/version.ts'
import { networkError, refusal } from './downloadErrors.ts'

export interface HttpOptions {
  /** Address of a proxy; null: that of the environment, if it names one. */
  readonly proxy: string | null
  /** Milliseconds without a byte after which a line counts as broken. */
  readonly silenceMs: number
}

/** Part of a file, as it arrives. */
export interface HttpPart {
  /** Whether the host sends from `from` on; otherwise it sends the whole file. */
  readonly partial: boolean
  /** Length of the whole file; null if the host does not tell. */
  readonly totalBytes: number | null
  /** Names this version of the file. */
  readonly etag: string | null
  /** The publisher's SHA-256, if the host tells it. */
  readonly sha256: string | null
  readonly body: AsyncIterable<Uint8Array>
  /** Ends the connection without reading the body. */
  discard(): Promise<void>
}

/** Asks hosts for files. */
export interface HttpSource {
  /**
   * Asks for bytes `from` up to and including `to`, of the version `etag`.
   *
   * @throws AppError, `Interrupted`; `cancelled`.
   */
  open(
    url: string,
    range: { readonly from: number; readonly to: number | null; readonly etag: string | null },
    signal: AbortSignal,
  ): Promise<HttpPart>
  close(): Promise<void>
}

const mostRedirects = 6

export function createHttpSource({ proxy, silenceMs }: HttpOptions): HttpSource {
  const dispatcher = createDispatcher(proxy, silenceMs)

  async function follow(
    url: string,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<{ readonly response: Response; readonly linked: string | null }> {
    let address = new URL(url)
    let linked: string | null = null
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const response = await request(address, headers, signal)
      // Hugging Face tells the hash of a large file where it sends one on to the file.
      linked ??= sha256In(response.headers.get('x-linked-etag'))
      const location = response.headers.get('location')
      if (response.status < 300 || response.status >= 400 || location === null) {
        return { response, linked }
      }
      await response.body?.cancel()
      const next = new URL(location, address)
      if (address.protocol === 'https:' && next.protocol !== 'https:') throw leadsAway(address)
      address = next
    }
    throw leadsAway(address)
  }

  async function request(address: URL, headers: Record<string, string>, signal: AbortSignal) {
    try {
      return await fetch(address, { headers, signal, dispatcher, redirect: 'manual' })
    } catch (error) {
      throw isCancelled(error) ? error : networkError(error, address.host)
    }
  }

  return {
    async open(url, { from, to, etag }, signal) {
      const headers = {
        'user-agent': `Penknife/${appVersion}`,
        // Ranges of a packed body would be ranges of something else.
        'accept-encoding': 'identity',
        range: `bytes=${String(from)}-${to === null ? '' : String(to)}`,
        ...(etag === null ? {} : { 'if-range': etag }),
      }
      const { response, linked } = await follow(url, headers, signal)
      const { host } = new URL(url)
      if (response.status !== 200 && response.status !== 206) {
        await response.body?.cancel()
        throw refusal(response.status, host)
      }
      const range = contentRange(response.headers.get('content-range'))
      const partial = response.status === 206 && range !== null && range.from === from
      return {
        partial,
        totalBytes: partial ? range.total : lengthOf(response),
        etag: strongEtag(response.headers.get('etag')),
        sha256: linked,
        body: bodyOf(response, host),
        discard: async () => response.body?.cancel(),
      }
    },
    close: () => dispatcher.destroy(),
  }
}

function createDispatcher(proxy: string | null, silenceMs: number): Dispatcher {
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

async function* bodyOf(response: Response, host: string): AsyncGenerator<Uint8Array> {
  if (response.body === null) return
  try {
    for await (const bytes of response.body) yield bytes as Uint8Array
  } catch (error) {
    throw isCancelled(error) ? error : networkError(error, host)
  }
}

function leadsAway({ host }: URL): AppError {
  return new AppError(
    'invalid-input',
    `${host} sends one on without end or to an address that is not secure, so nothing was downloaded. Check the address.`,
  )
}

function contentRange(header: string | null): { from: number; total: number | null } | null {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(header ?? '')
  if (match === null) return null
  return { from: Number(match[1]), total: match[2] === '*' ? null : Number(match[2]) }
}

function lengthOf(response: Response): number | null {
  const header = response.headers.get('content-length')
  return header !== null && /^\d+$/u.test(header) ? Number(header) : null
}

/** A weak one does not say that the bytes are the same. */
function strongEtag(header: string | null): string | null {
  return header === null || header.startsWith('W/') ? null : header
}

function sha256In(header: string | null): string | null {
  return /^"?([0-9a-f]{64})"?$/u.exec(header ?? '')?.[1] ?? null
}
