// A part of the development servers: marks what Vite itself adds to the page with a nonce.
import { randomBytes } from 'node:crypto'

/**
 * Lets Vite's own scripts and styles into a page whose policy allows files only, and nothing else.
 *
 * @returns {import('vite').Plugin}
 */
export function allowNonce() {
  const nonce = randomBytes(16).toString('base64')
  return {
    name: 'penknife:allow-nonce',
    apply: 'serve',
    config: () => ({ html: { cspNonce: nonce } }),
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace(/(script|style)-src 'self'/gu, `$& 'nonce-${nonce}'`),
    },
  }
}
