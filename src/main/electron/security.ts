import type { App, Session, WebContents } from 'electron'
import { isOwnUrl } from './origin.ts'

/** Schemes whose requests stay inside the window. */
const localSchemes = new Set(['blob:', 'data:', 'devtools:'])

/** The only permission that the page gets: writing text to the clipboard (Copy). */
const allowedPermission = 'clipboard-sanitized-write'

/**
 * Denies all permissions that a page could ask for, and blocks every request that leaves the app.
 */
export function lockSession(session: Session): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const protocol = URL.canParse(details.url) ? new URL(details.url).protocol : ''
    answer({ cancel: !isOwnUrl(details.url) && !localSchemes.has(protocol) })
  })
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(permission === allowedPermission && isOwnUrl(requestingUrl))
  })
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === allowedPermission && isOwnUrl(origin),
  )
  session.setDevicePermissionHandler(() => false)
  // Chromium would download its dictionaries.
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event, item) => {
    // The page may only save files that it made itself (an exported conversation).
    if (!item.getURL().startsWith('blob:')) event.preventDefault()
  })
}

/** Forbids a page to navigate, to open windows and to embed webviews. */
export function lockContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Applies the locks to all web contents that Electron creates, not only to this app's window. */
export function lockApp(app: App): void {
  app.enableSandbox()
  // A second barrier below the session's filter: Chromium's network stack resolves no host names.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-background-networking')
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
  app.on('session-created', (session) => lockSession(session))
}
