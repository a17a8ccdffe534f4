/** The window's own scheme: it serves only Penknife's page and the documents' originals. */
export const scheme = 'penknife'
const ownHost = 'app'

export const pageUrl = `${scheme}://${ownHost}/index.html`

/**
 * Whether an address belongs to the window's own page. Compares protocol and host: `URL.origin` of
 * a custom scheme is "null", and a test of the text's prefix would accept `penknife://app.example`.
 */
export function isOwnUrl(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${scheme}:` && host === ownHost && username === '' && password === ''
}
