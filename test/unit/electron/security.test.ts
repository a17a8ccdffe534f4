import type { App } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { lockApp } from '../../../src/main/electron/security.ts'
import { app, FakeSession, FakeWebContents, fakeEvent } from '../../helpers/fakeElectron.ts'

vi.mock('electron', () => import('../../helpers/fakeElectron.ts'))

let session: FakeSession
let contents: FakeWebContents

beforeEach(() => {
  app.removeAllListeners()
  lockApp(app as unknown as App)
  session = new FakeSession()
  contents = new FakeWebContents()
  app.emit('session-created', session)
  app.emit('web-contents-created', {}, contents)
})

function isCancelled(url: string): unknown {
  let cancelled: unknown
  session.call('request', { url }, (answer: { cancel: boolean }) => (cancelled = answer.cancel))
  return cancelled
}

test.each([
  'http://127.0.0.1/',
  'https://example.com/',
  'ws://localhost:1/',
  'wss://example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'chrome://settings',
  'penknife://elsewhere/',
  'penknife://user@app/',
  'javascript:alert(1)',
  'not an address',
])('a request to %s is cancelled', (url) => {
  expect(isCancelled(url)).toBe(true)
})

test.each([
  'penknife://app/index.html',
  'penknife://app/files/1',
  'blob:penknife://app/1',
  'data:image/png;base64,AA==',
  'devtools://devtools/bundled/x.js',
])('a request to %s goes on', (url) => {
  expect(isCancelled(url)).toBe(false)
})

function isGranted(permission: string, requestingUrl: string): unknown {
  const answer = vi.fn()
  session.call('permission request', contents, permission, answer, { requestingUrl })
  const checked = session.call('permission check', contents, permission, requestingUrl, {})
  expect(answer).toHaveBeenCalledExactlyOnceWith(checked)
  return checked
}

test.each([
  'media',
  'geolocation',
  'notifications',
  'clipboard-read',
  'display-capture',
  'openExternal',
  'fullscreen',
  'midi',
  'pointerLock',
  'fileSystem',
  'hid',
  'serial',
  'usb',
])('the permission %s is denied', (permission) => {
  expect(isGranted(permission, 'penknife://app/index.html')).toBe(false)
  expect(session.call('device', {})).toBe(false)
})

test('only the own page may copy to the clipboard', () => {
  expect(isGranted('clipboard-sanitized-write', 'penknife://app/index.html')).toBe(true)
  expect(isGranted('clipboard-sanitized-write', 'https://evil.example/')).toBe(false)
})

test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
  '%s is stopped',
  (name) => {
    const event = fakeEvent()
    contents.emit(name, event)
    expect(event.prevented).toBe(true)
  },
)

test('new windows are denied', () => {
  expect(contents.openHandler?.()).toEqual({ action: 'deny' })
})

test.each([
  ['blob:penknife://app/1', false],
  ['https://example.com/a.exe', true],
  ['penknife://app/files/1', true],
])('the download of %s is stopped: %s', (url, stopped) => {
  const event = fakeEvent()
  session.emit('will-download', event, { getURL: () => url })
  expect(event.prevented).toBe(stopped)
})

test('the sandbox is on, Chromium resolves no name and fetches no dictionary', () => {
  expect(app.sandboxed).toBe(true)
  expect(app.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND')
  expect(session.spellChecker).toBe(false)
})
