/**
 * What the window's page may load and run: its own files, nothing from anywhere else.
 *
 * `style-src` allows inline styles because the scroll areas and dialogs of the window set them;
 * `wasm-unsafe-eval` is for the image decoders of PDF pages. `connect-src 'self'` covers the
 * WebSocket to the page's own origin.
 */
const directives = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
] as const

/** The policy as the page states it itself; a page cannot say who may frame it. */
export const pagePolicy = directives.join('; ')

/** The policy as both shells send it with the page. */
export const contentSecurityPolicy = `${pagePolicy}; frame-ancestors 'none'`

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
