import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Whether a request may proceed, and the cookie to set if its address contained a token or code.
 */
export type Admission =
  | { readonly admitted: true; readonly setCookie: string | null }
  | { readonly admitted: false; readonly reason: string }

export interface Access {
  /**
   * Admits a request that names this server as its host, comes from this server's own page (or from
   * no page) and has the launch token.
   *
   * @param originRequired for requests that change something: browsers always send an origin with
   * those.
   */
  admit(request: IncomingMessage, options?: { readonly originRequired?: boolean }): Admission
  /** A code that admits one page load, for addresses that other users can see (a command line). */
  singleUseCode(): string
}

/** How long a code is valid, in milliseconds: as long as a browser may take to start. */
const codeLifetimeMs = 120_000

/** 32 random bytes, base64url. */
export function createToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * Decides who may use the loopback server. Other programs and users of this computer can reach
 * 127.0.0.1, and so can every web page: through its own requests (hence the origin and the token)
 * and by a name that suddenly resolves to 127.0.0.1 (DNS rebinding, hence the host).
 */
export function createAccess(port: number, token: string): Access {
  const hosts = new Set([`127.0.0.1:${String(port)}`, `localhost:${String(port)}`])
  // Browsers keep one cookie jar for all ports of a host: two libraries open at once need two
  // names.
  const cookieName = `penknife_token_${String(port)}`
  const codes = new Map<string, number>()

  function takeCode(code: string): boolean {
    const expiresAt = codes.get(code)
    codes.delete(code)
    return expiresAt !== undefined && expiresAt > performance.now()
  }

  function proof(request: IncomingMessage): 'address' | 'cookie' | undefined {
    const query = new URLSearchParams(request.url?.split('?')[1] ?? '')
    const given = query.get('token')
    if (given !== null && equal(given, token)) return 'address'
    const cookie = readCookie(request.headers.cookie, cookieName)
    if (cookie !== undefined && equal(cookie, token)) return 'cookie'
    const code = query.get('once')
    return code !== null && takeCode(code) ? 'address' : undefined
  }

  return {
    admit(request, { originRequired = false } = {}) {
      const { host = '', origin } = request.headers
      if (!hosts.has(host)) return refuse('This address does not lead to Penknife.')
      if (origin === undefined ? originRequired : origin !== `http://${host}`) {
        return refuse('Only the Penknife window may ask this.')
      }
      const how = proof(request)
      if (how === undefined) {
        return refuse('Open the address that Penknife printed when it started.')
      }
      const site = request.headers['sec-fetch-site'] ?? 'none'
      if (how === 'cookie' && site !== 'same-origin' && site !== 'none') {
        return refuse('Only the Penknife window may ask this.')
      }
      const cookie = `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict`
      return { admitted: true, setCookie: how === 'address' ? cookie : null }
    },
    singleUseCode() {
      const code = createToken()
      codes.set(code, performance.now() + codeLifetimeMs)
      return code
    },
  }
}

function refuse(reason: string): Admission {
  return { admitted: false, reason }
}

/** Compares in constant time, so that timing reveals nothing of the token. */
function equal(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.split('=', 2)
    if (key?.trim() === name) return value?.trim()
  }
  return undefined
}
