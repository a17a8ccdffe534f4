const key = 'penknife-token'

/**
 * The token that authorises this page at its loopback server: from the address at the first load,
 * then from the session storage. It is removed from the address bar, where it could be seen or
 * copied.
 */
export function takeLaunchToken(): string {
  const url = new URL(window.location.href)
  const given = url.searchParams.get('token')
  if (given !== null) window.sessionStorage.setItem(key, given)
  if (url.search !== '') {
    url.search = ''
    window.history.replaceState(null, '', url)
  }
  // Without one, the cookie that was set with the page authorises it.
  return given ?? window.sessionStorage.getItem(key) ?? ''
}
