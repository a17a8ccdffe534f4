import type { WebContents } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { serveWindow } from '../../../src/main/electron/ipcTransport.ts'
import type { Transport } from '../../../src/shared/rpc/transport.ts'
import { FakeWebContents } from '../../helpers/fakeElectron.ts'

const channel = 'penknife:message'
let contents: FakeWebContents
let wires: { transport: Transport; heard: unknown[]; closed: () => boolean }[]

beforeEach(() => {
  contents = new FakeWebContents()
  wires = []
  serveWindow(contents as unknown as WebContents, (transport) => {
    const heard: unknown[] = []
    const onClose = vi.fn()
    transport.onMessage((message) => heard.push(message))
    transport.onClose(onClose)
    wires.push({ transport, heard, closed: () => onClose.mock.calls.length === 1 })
  })
})

const load = () => contents.emit('did-navigate')
const say = (message: unknown, senderFrame: unknown = contents.mainFrame) =>
  contents.ipc.emit(channel, { senderFrame }, message)

test('a page that loads gets a wire, both ways', () => {
  load()
  say('hello')
  wires[0]?.transport.send('welcome')
  expect(wires[0]?.heard).toEqual(['hello'])
  expect(contents.sent).toEqual([[channel, 'welcome']])
})

test.each([
  ['a frame that is gone', null],
  ['another frame with the same address', { url: 'penknife://app/index.html' }],
  ['an embedded page', { url: 'https://evil.example/' }],
])('%s is not heard', (_name, frame) => {
  load()
  say('hello', frame)
  expect(wires[0]?.heard).toEqual([])
})

test.each([
  'https://evil.example/',
  'penknife://app.evil.example/',
  'penknife://evil/app',
  'penknife-app://app/',
  'file:///index.html',
  'about:blank',
  '',
])('the main frame is not heard while it shows %s', (url) => {
  load()
  contents.mainFrame.url = url
  say('hello')
  expect(wires[0]?.heard).toEqual([])
})

test('a reload closes the wire of the page before and opens another', () => {
  load()
  load()
  say('hello')
  expect(wires.map(({ closed }) => closed())).toEqual([true, false])
  expect(wires.map(({ heard }) => heard)).toEqual([[], ['hello']])
  wires[0]?.transport.send('too late')
  expect(contents.sent).toEqual([])
})

test.each(['render-process-gone', 'destroyed'])('%s closes the wire', (event) => {
  load()
  contents.emit(event)
  say('hello')
  expect(wires[0]?.closed()).toBe(true)
  expect(wires[0]?.heard).toEqual([])
})

test('a listener added after the wire has closed is called at once', () => {
  load()
  contents.emit('destroyed')
  const late = vi.fn()
  wires[0]?.transport.onClose(late)
  expect(late).toHaveBeenCalledOnce()
})

test('nothing is sent to a destroyed window', () => {
  load()
  contents.destroyed = true
  wires[0]?.transport.send('welcome')
  expect(contents.sent).toEqual([])
})
