// A part of the development servers: what Vite itself puts into the page is told by its nonce.
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
