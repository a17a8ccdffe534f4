import type { App as ElectronApp, BrowserWindow as Window } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { disposeBeforeQuit } from '../../../src/main/electron/quit.ts'
import { followColours, followTheme } from '../../../src/main/electron/theme.ts'
import { createWindow } from '../../../src/main/electron/window.ts'
import { defaultSettings, type Settings } from '../../../src/shared/domain/settings.ts'
import { app, BrowserWindow, fakeEvent, nativeTheme } from '../../helpers/fakeElectron.ts'

vi.mock('electron', () => import('../../helpers/fakeElectron.ts'))

beforeEach(() => {
  app.removeAllListeners()
  app.exitCode = undefined
  nativeTheme.removeAllListeners()
  nativeTheme.shouldUseDarkColors = false
})

afterEach(() => {
  vi.useRealTimers()
})

function open(platform: NodeJS.Platform): {
  readonly fake: BrowserWindow
  readonly window: Window
} {
  const window = createWindow('/preload.cjs', platform)
  const fake = BrowserWindow.created.at(-1)
  if (fake === undefined) throw new Error('No window was created.')
  return { fake, window }
}

test('the page runs in a sandbox, apart from the preload, without Node', () => {
  expect(open('linux').fake.options.webPreferences).toMatchObject({
    preload: '/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  })
})

test('the window shows itself once it is drawn', () => {
  const { fake } = open('linux')
  expect(fake.shown).toBe(false)
  fake.emit('ready-to-show')
  expect(fake.shown).toBe(true)
})

test.each([
  ['darwin', { titleBarStyle: 'hiddenInset' }],
  ['win32', { titleBarStyle: 'hidden', titleBarOverlay: { height: 47 } }],
] as const)('on %s the title bar merges with the page', (platform, expected) => {
  expect(open(platform).fake.options).toMatchObject(expected)
})

test('what the system draws follows light and dark, until the window closes', () => {
  const { fake, window } = open('win32')
  followColours(window, 'win32')
  nativeTheme.shouldUseDarkColors = true
  nativeTheme.emit('updated')
  expect(fake.background).toBe('#161513')
  expect(fake.overlay).toMatchObject({ color: '#161513' })
  fake.emit('closed')
  expect(nativeTheme.listenerCount('updated')).toBe(0)
})

test('the theme follows the setting', async () => {
  const listeners: ((settings: Settings) => void)[] = []
  await followTheme({
    get: () => ({ ...defaultSettings, theme: 'dark' }),
    update: () => defaultSettings,
    changed(listener) {
      listeners.push(listener)
      return () => undefined
    },
    info: () => {
      throw new Error('unused')
    },
  })
  expect(nativeTheme.themeSource).toBe('dark')
  for (const listener of listeners) listener({ ...defaultSettings, theme: 'light' })
  expect(nativeTheme.themeSource).toBe('light')
})

function quitWith(dispose: () => Promise<void>): unknown[] {
  const errors: unknown[] = []
  disposeBeforeQuit(app as unknown as ElectronApp, dispose, (error) => errors.push(error))
  return errors
}

test('the app exits only after the core has ended, once', async () => {
  let ended: () => void = () => undefined
  const dispose = vi.fn(() => new Promise<void>((resolve) => (ended = resolve)))
  quitWith(dispose)
  const event = fakeEvent()
  app.emit('before-quit', event)
  app.emit('before-quit', fakeEvent())
  expect(event.prevented).toBe(true)
  expect(app.exitCode).toBeUndefined()
  ended()
  await expect.poll(() => app.exitCode).toBe(0)
  expect(dispose).toHaveBeenCalledOnce()
})

test('a core that fails to end does not keep the app open', async () => {
  const errors = quitWith(() => Promise.reject(new Error('no')))
  app.emit('before-quit', fakeEvent())
  await expect.poll(() => app.exitCode).toBe(0)
  expect(errors).toHaveLength(1)
})

test('the app exits after a while even if the core never ends', () => {
  vi.useFakeTimers()
  const errors = quitWith(() => new Promise(() => undefined))
  app.emit('before-quit', fakeEvent())
  vi.advanceTimersByTime(10_000)
  expect(app.exitCode).toBe(1)
  expect(errors).toHaveLength(1)
})
