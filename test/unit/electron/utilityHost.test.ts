import path from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { createUtilityHosts } from '../../../src/main/electron/utilityHost.ts'
import { utilityProcess, type FakeUtilityProcess } from '../../helpers/fakeElectron.ts'

vi.mock('electron', () => import('../../helpers/fakeElectron.ts'))

const output: string[] = []
const start = createUtilityHosts('/programs', (entry, text) => output.push(`${entry}: ${text}`))

beforeEach(() => {
  utilityProcess.started.length = 0
  output.length = 0
})

function child(): FakeUtilityProcess {
  const started = utilityProcess.started.at(-1)
  if (started === undefined) throw new Error('Nothing was started.')
  return started
}

test('a helper starts with its name, its heap and without telemetry', () => {
  start('parser.host', { heapMiB: 512 })
  expect(child().file).toBe(path.join('/programs', 'parser.host.js'))
  expect(child().options.serviceName).toBe('Penknife document reader')
  expect(child().options.env.ORT_DISABLE_TELEMETRY).toBe('1')
  expect(child().options.execArgv).toEqual(['--max-old-space-size=512'])
})

test('messages go both ways until it exits', () => {
  const host = start('llm.host')
  const heard: unknown[] = []
  host.transport.onMessage((message) => heard.push(message))
  host.transport.send('question')
  child().emit('message', 'answer')
  child().emit('exit', 0)
  host.transport.send('too late')
  expect(heard).toEqual(['answer'])
  expect(child().posted).toEqual(['question'])
})

test('an exit closes the wire first and reports its code, to late listeners too', () => {
  const host = start('embedder.host')
  const seen: unknown[] = []
  host.onExit((exit) => seen.push(exit))
  host.transport.onClose(() => seen.push('closed'))
  child().emit('exit', 1)
  expect(seen).toEqual(['closed', { code: 1, signal: null }])
  host.onExit((exit) => seen.push(exit))
  host.transport.onClose(() => seen.push('closed'))
  expect(seen.slice(2)).toEqual([{ code: 1, signal: null }, 'closed'])
})

test('a fatal error is logged and does not take the app down', () => {
  start('llm.host')
  child().stderr.emit('data', Buffer.from('ggml says'))
  child().emit('error', 'FatalError', 'v8', 'report')
  expect(output).toEqual(['llm.host: ggml says', 'llm.host: FatalError at v8'])
})

test('kill ends the process at once', () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
  const host = start('parser.host')
  child().pid = 4711
  expect(host.pid).toBe(4711)
  host.kill()
  expect(kill).toHaveBeenCalledExactlyOnceWith(4711, 'SIGKILL')
  kill.mockImplementation(() => {
    throw Object.assign(new Error('no such process'), { code: 'ESRCH' })
  })
  host.kill()
  expect(child().killed).toBe(2)
  kill.mockRestore()
})
