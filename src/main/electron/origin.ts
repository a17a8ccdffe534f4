/** The window's own scheme: nothing but Penknife's page and its documents lies under it. */
export const scheme = 'penknife'
const ownHost = 'app'

export const pageUrl = `${scheme}://${ownHost}/index.html`

/**
 * Whether an address belongs to the window's own page. Its parts are compared one by one: for a
 * scheme of one's own `URL.origin` is "null", and the beginning of a text proves nothing.
 */
export function isOwnUrl(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${scheme}:` && host === ownHost && username === '' && password === ''
}
