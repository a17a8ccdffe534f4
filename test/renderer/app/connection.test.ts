import { afterEach, expect, it, vi } from 'vitest'
import { createConnection } from '../../../src/renderer/src/api/connection.ts'
import {
  createBrowserFileSource,
  createElectronFileSource,
} from '../../../src/renderer/src/api/fileSource.ts'
import { takeLaunchToken } from '../../../src/renderer/src/api/launchToken.ts'
import type { ImportProgress } from '../../../src/shared/contract/documents.ts'
import { createMemoryTransportPair } from '../../../src/shared/rpc/memoryTransport.ts'
import { openCore } from '../../helpers/openWindow.tsx'
import { scripted } from '../../helpers/scripted.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('reconnects after a loss and receives events again', async () => {
  const none = { total: 0, done: 0, failed: 0, current: null, reading: null, paused: false }
  const progress = scripted<ImportProgress>({ ...none, secondsLeft: null })
  const core = await openCore({
    papers: [],
    overrides: ({ documents }) => ({
      documents: { ...documents, progressChanged: progress.listen },
    }),
  })
  vi.useFakeTimers()
  const wires: ReturnType<typeof createMemoryTransportPair>[] = []
  const connection = createConnection(() => {
    const wire = createMemoryTransportPair()
    wires.push(wire)
    core.join(wire.right)
    return { transport: wire.left, opened: Promise.resolve() }
  })
  const heard: number[] = []
  connection.api.documents.progressChanged(({ done }) => heard.push(done))
  await vi.advanceTimersByTimeAsync(1)
  expect(connection.state.getState()).toEqual({ status: 'open', generation: 1 })
  wires[0]?.close()
  expect(connection.state.getState().status).toBe('lost')
  await expect(connection.api.models.state()).rejects.toThrow('connection to Penknife was lost')
  await vi.advanceTimersByTimeAsync(600)
  expect(connection.state.getState()).toEqual({ status: 'open', generation: 2 })
  progress.set({ ...progress.get(), done: 7 })
  await vi.advanceTimersByTimeAsync(1)
  expect(heard).toEqual([7])
})

it('keeps the launch token out of the address bar', () => {
  window.history.replaceState(null, '', '/?token=secret')
  expect(takeLaunchToken()).toBe('secret')
  expect(window.location.search).toBe('')
  expect(takeLaunchToken()).toBe('secret')
})

const options = { signal: new AbortController().signal, onProgress: () => undefined }

it('passes paths in the desktop app, and skips files without one', async () => {
  const files = createElectronFileSource({
    pathForFile: (file) => (file.name === 'made.txt' ? '' : `/home/ada/${file.name}`),
  })
  const picked = files.takeFiles([new File([], 'a.pdf'), new File([], 'made.txt')])
  expect(await picked.toItems(options)).toEqual({
    items: [{ path: '/home/ada/a.pdf' }],
    skipped: 1,
  })
})

it('uploads in a browser and passes on why a file was refused', async () => {
  const answers = [
    Response.json({ upload: 'u1' }),
    Response.json(
      { error: { code: 'document-too-large', message: 'b.txt is larger than 500 MB.' } },
      { status: 413 },
    ),
  ]
  const fetched = vi.fn((_url: string) => Promise.resolve(answers.shift()))
  vi.stubGlobal('fetch', fetched)
  const files = createBrowserFileSource({ token: 't 1' })
  const first = await files.takeFiles([new File(['x'], 'a b.txt')]).toItems(options)
  expect(first.items).toEqual([{ upload: 'u1', name: 'a b.txt' }])
  expect(fetched.mock.calls[0]?.[0]).toBe('upload?name=a+b.txt&token=t+1')
  await expect(files.takeFiles([new File(['y'], 'b.txt')]).toItems(options)).rejects.toThrow(
    'b.txt is larger than 500 MB.',
  )
})
