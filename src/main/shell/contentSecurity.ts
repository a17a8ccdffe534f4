/**
 * What the window's page may load and run: its own files, nothing from anywhere else. The page says
 * the same of itself; of the two, a browser keeps to the stricter.
 *
 * `wasm-unsafe-eval` is for the image decoders of PDF pages.
 *
 * @param socket origin of the WebSocket that the page talks over, where it does: not every browser
 * counts it as `'self'`.
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

/** The policy of everything that is data: should a browser ever show it, it is inert. */
export const dataPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

/** Headers of every answer of both shells. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=()',
}
