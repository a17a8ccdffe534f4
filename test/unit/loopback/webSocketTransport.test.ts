import { EventEmitter } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { createWebSocketTransport } from '../../../src/main/loopback/webSocketTransport.ts'

afterEach(() => void vi.useRealTimers())

function fakeSocket() {
  const sent: string[] = []
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1 as const,
    CLOSED: 3 as const,
    readyState: 1,
    bufferedAmount: 0,
    send: (text: string) => void sent.push(text),
    close: vi.fn(() => {
      socket.readyState = 2
    }),
    terminate: vi.fn(),
  })
  return { socket, sent, asWebSocket: socket as unknown as WebSocket }
}

test('a client that leaves too much unread is closed with a reason, then ended', () => {
  vi.useFakeTimers()
  const { socket, sent, asWebSocket } = fakeSocket()
  const limits = { maxBufferedBytes: 100, lingerMs: 1_000 }
  const transport = createWebSocketTransport(asWebSocket, limits)
  socket.bufferedAmount = 100
  transport.send('one')
  socket.bufferedAmount = 101
  transport.send('two')
  transport.send('three')
  expect(sent).toEqual(['"one"'])
  expect(socket.close.mock.calls).toEqual([
    [1008, 'Too much was sent that the window has not read.'],
  ])
  expect(socket.terminate).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1_000)
  expect(socket.terminate).toHaveBeenCalledOnce()
})

test('a client that closes its half in time is not ended', () => {
  vi.useFakeTimers()
  const { socket, asWebSocket } = fakeSocket()
  const transport = createWebSocketTransport(asWebSocket, { maxBufferedBytes: 0, lingerMs: 1_000 })
  socket.bufferedAmount = 1
  transport.send('one')
  socket.emit('close')
  vi.advanceTimersByTime(5_000)
  expect(socket.terminate).not.toHaveBeenCalled()
})
