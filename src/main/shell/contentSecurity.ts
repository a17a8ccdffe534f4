/**
 * The policy for what the window's page may load and run: only its own files. The page has a policy
 * in its markup too; browsers enforce both.
 *
 * `wasm-unsafe-eval` is needed by the image decoders of PDF pages.
 *
 * @param socket origin of the page's WebSocket, null if it has none: not every browser counts it as
 * `'self'`.
 */
export function contentSecurityPolicy(socket: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    socket === null ? "connect-src 'self'" : `connect-src 'self' ${socket}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * The policy for data such as originals: if a browser renders it nevertheless, it can't run or load
 * anything.
 */
export const dataPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

/** Headers of every response of both shells. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=()',
}
