const key = 'penknife-token'

/**
 * The token that lets this page talk to its loopback server: from the address at the first load, then
 * from the session's storage. It is taken out of the address bar, where it could be copied or seen.
 */
export function takeLaunchToken(): string {
  const url = new URL(window.location.href)
  const given = url.searchParams.get('token')
  if (given !== null) window.sessionStorage.setItem(key, given)
  if (url.search !== '') {
    url.search = ''
    window.history.replaceState(null, '', url)
  }
  // Without one the cookie that came with the page is proof enough.
  return given ?? window.sessionStorage.getItem(key) ?? ''
}
