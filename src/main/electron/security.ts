import type { App, Session, WebContents } from 'electron'
import { isOwnUrl } from './origin.ts'

/** Schemes whose requests stay inside the window. */
const localSchemes = new Set(['blob:', 'data:', 'devtools:'])

/** The only thing that the page may ask the system for: putting text on the clipboard (Copy). */
const allowedPermission = 'clipboard-sanitized-write'

/** Says no to whatever a page could ask of a session, and to every request that leaves the app. */
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
  // Chromium would fetch its dictionaries from the net.
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event, item) => {
    // The page hands out what it has made itself (an exported conversation), nothing else.
    if (!item.getURL().startsWith('blob:')) event.preventDefault()
  })
}

/** Keeps a page where it is: it goes nowhere, opens no window and holds no other page. */
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

/** Applies the locks to whatever Electron ever creates, not only to what this app knows of. */
export function lockApp(app: App): void {
  app.enableSandbox()
  // Beneath the session's filter: names have no addresses at all for Chromium's network.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-background-networking')
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
  app.on('session-created', (session) => lockSession(session))
}
