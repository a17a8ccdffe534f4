import { expect, test, vi } from 'vitest'
import '../../../src/preload/index.ts'
import { exposed, ipcRenderer } from '../../helpers/fakeElectron.ts'

vi.mock('electron', () => import('../../helpers/fakeElectron.ts'))

interface Bridge {
  send(message: unknown): void
  onMessage(listener: (...args: readonly unknown[]) => void): () => void
  pathForFile(file: { name: string }): string
}

const bridge = exposed.get('penknife') as Bridge

test('the page gets a wire and the path of a file, and nothing else', () => {
  expect([...exposed.keys()]).toEqual(['penknife'])
  expect(Object.keys(bridge).sort()).toEqual(['onMessage', 'pathForFile', 'send'])
})

test('messages go both ways, without the event that they came in', () => {
  const heard: unknown[][] = []
  const stop = bridge.onMessage((...args) => heard.push([...args]))
  ipcRenderer.emit('penknife:message', { sender: ipcRenderer }, 'hello')
  stop()
  ipcRenderer.emit('penknife:message', { sender: ipcRenderer }, 'again')
  bridge.send('question')
  expect(heard).toEqual([['hello']])
  expect(ipcRenderer.sent).toEqual([['penknife:message', 'question']])
})

test('the path of a dropped file is available', () => {
  expect(bridge.pathForFile({ name: 'a.pdf' })).toBe('/dropped/a.pdf')
})
