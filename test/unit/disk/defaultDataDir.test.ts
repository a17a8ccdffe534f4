import path from 'node:path'
import { expect, test } from 'vitest'
import { defaultDataDir } from '../../../src/main/disk/defaultDataDir.ts'
import { browserCommand } from '../../../src/main/loopback/openBrowser.ts'
import { missingDesktop } from '../../../scripts/electronBinary.mjs'

const at = (...parts: string[]): string => path.join('/home/me', ...parts)

test.each([
  ['linux', {}, at('.local', 'share', 'Penknife')],
  ['linux', { XDG_DATA_HOME: '/data' }, path.join('/data', 'Penknife')],
  ['linux', { XDG_DATA_HOME: 'not/absolute' }, at('.local', 'share', 'Penknife')],
  ['darwin', {}, at('Library', 'Application Support', 'Penknife')],
  ['win32', { LOCALAPPDATA: '/local' }, path.join('/local', 'Penknife')],
  ['win32', {}, at('AppData', 'Local', 'Penknife')],
] as const)('on %s with %o the library lies in %s', (platform, env, expected) => {
  expect(defaultDataDir(platform, env, '/home/me')).toBe(expected)
})

test.each([
  ['linux', {}, null],
  ['linux', { DISPLAY: '' }, null],
  ['linux', { DISPLAY: ':0' }, 'xdg-open'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
  ['darwin', {}, 'open'],
  ['win32', {}, 'rundll32'],
] as const)('on %s with %o an address is opened by %s', (platform, env, expected) => {
  expect(browserCommand(platform, env)?.[0] ?? null).toBe(expected)
  expect(missingDesktop(platform, env) === null).toBe(expected !== null)
})
