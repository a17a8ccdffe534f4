import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SettingsStore } from '../../../src/main/config/settingsStore.ts'
import type { Llm, LlmInfo, LoadOptions } from '../../../src/main/llm/llm.ts'
import { createModelService } from '../../../src/main/models/modelService.ts'
import type { ModelState } from '../../../src/shared/contract/models.ts'
import { defaultSettings, settings, type Settings } from '../../../src/shared/domain/settings.ts'
import { AppError, cancelled } from '../../../src/shared/errors.ts'
import { createFakeLlm } from '../../helpers/fakeLlm.ts'

const bundled = '/app/models/demo.gguf'
const other = '/home/someone/llama.gguf'
const never = new AbortController().signal
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

function createStore(change: Partial<Settings> = {}): SettingsStore {
  let current = settings.parse({ ...defaultSettings, ...change })
  const listeners = new Set<(now: Settings) => void>()
  return {
    get: () => current,
    update(more) {
      current = settings.parse({ ...current, ...more })
      for (const listener of listeners) listener(current)
      return Promise.resolve(current)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

type Outcome = 'loads' | 'waits' | AppError

/** Loads as `outcome` says, file by file. */
function createLoading(outcome: (options: LoadOptions) => Outcome = () => 'loads') {
  const loads: LoadOptions[] = []
  const crashListeners = new Set<(message: string) => void>()
  let unloads = 0
  const llm: Llm = {
    ...createFakeLlm(),
    async load(options, onProgress, signal) {
      loads.push(options)
      onProgress({ stage: 'loading', fraction: 0.5 })
      const how = outcome(options)
      if (how instanceof AppError) throw how
      if (how === 'waits') {
        await new Promise((_, reject) =>
          signal?.addEventListener('abort', () => reject(cancelled())),
        )
      }
      await Promise.resolve()
      const { file, gpu } = options
      const info: LlmInfo = {
        file,
        name: 'A model',
        architecture: 'llama',
        contextSize: 1024,
        contextWanted: options.contextSize ?? 1024,
        threads: 2,
        gpu,
      }
      return info
    },
    unload: () => Promise.resolve(void (unloads += 1)),
    onCrash(listener) {
      crashListeners.add(listener)
      return () => crashListeners.delete(listener)
    },
  }
  return {
    llm,
    loads,
    unloads: () => unloads,
    crash: (message = 'It crashed.') => crashListeners.forEach((listener) => listener(message)),
  }
}

function createService(outcome?: (options: LoadOptions) => Outcome, change?: Partial<Settings>) {
  const loading = createLoading(outcome)
  const store = createStore(change)
  const service = createModelService({
    llm: loading.llm,
    settings: store,
    bundledModel: bundled,
    logger: quiet,
  })
  const states: ModelState[] = []
  service.onState((state) => states.push(state))
  return { ...loading, store, service, states }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('the demo model is loaded when it is first needed, on the processor, and quotes', async () => {
  const { service, loads, states } = createService()
  expect(loads).toEqual([])
  expect(service.state()).toMatchObject({
    status: 'loading',
    fraction: null,
    file: bundled,
    demo: true,
  })
  const infos = await Promise.all([service.ready(never), service.ready(never)])
  expect(infos.map((info) => info?.file)).toEqual([bundled, bundled])
  expect(loads).toEqual([{ file: bundled, contextSize: null, threads: null, gpu: false }])
  expect(states.map(({ status, fraction }) => [status, fraction])).toEqual([
    ['loading', 0.5],
    ['loading', null],
    ['ready', null],
  ])
  expect(service.state()).toMatchObject({
    status: 'ready',
    name: 'A model',
    answering: 'quote',
    contextSize: 1024,
    threads: 2,
  })
})

test('a context that is smaller than was wanted is told', async () => {
  const own = { answering: null, keySentences: true, contextSize: 4096, threads: null }
  const { service, store } = createService(() => 'loads', { modelFile: other })
  await service.ready(never)
  expect(service.state().error).toBeNull()
  await store.update({ models: { [other]: own } })
  await service.ready(never)
  const { status, error } = service.state()
  expect([status, error?.code]).toEqual(['ready', 'out-of-memory'])
  expect(error?.message).toContain('1,024 tokens of context, not for 4,096')
})

test('a chosen model writes, with the settings that are its own', async () => {
  const models = { [other]: { answering: null, keySentences: true, contextSize: 2048, threads: 3 } }
  const { service, loads } = createService(undefined, { modelFile: other, models })
  await service.ready(never)
  expect(loads).toEqual([{ file: other, contextSize: 2048, threads: 3, gpu: true }])
  expect(service.state()).toMatchObject({ demo: false, answering: 'write' })
})

test('whoever wants passages only gets no model', async () => {
  const { service, loads, store, unloads } = createService(undefined, { passagesOnly: true })
  expect(await service.ready(never)).toBeNull()
  expect(service.state()).toMatchObject({ status: 'none', file: null })
  expect(loads).toEqual([])
  await store.update({ passagesOnly: false })
  expect(await service.ready(never)).not.toBeNull()
  await store.update({ passagesOnly: true })
  expect(unloads()).toBe(1)
  expect(service.state().status).toBe('none')
})

test('a model that cannot be loaded says why; questions go on without it', async () => {
  const reason = new AppError('model-load-failed', 'The file is damaged.')
  const { service, loads } = createService(() => reason)
  expect(await service.ready(never)).toBeNull()
  expect(service.state()).toMatchObject({
    status: 'failed',
    error: { code: 'model-load-failed', message: 'The file is damaged.' },
  })
  expect(await service.ready(never)).toBeNull()
  expect(loads).toHaveLength(1)
})

test('a file that was missing is looked for again at the next question', async () => {
  let there = false
  const { service } = createService(() =>
    there ? 'loads' : new AppError('model-missing', 'It is gone.'),
  )
  expect(await service.ready(never)).toBeNull()
  there = true
  expect(await service.ready(never)).not.toBeNull()
})

test('whoever stops waiting is let go; the loading goes on', async () => {
  const { service } = createService(() => 'waits')
  const controller = new AbortController()
  const waiting = service.ready(controller.signal)
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  expect(service.state().status).toBe('loading')
})

test('a model is remembered once it has been loaded', async () => {
  const { service, store } = createService()
  await service.ready(never)
  const state = await service.use(other)
  expect(state).toMatchObject({ status: 'ready', file: other, demo: false })
  expect(store.get().modelFile).toBe(other)
  expect(await service.use(null)).toMatchObject({ file: bundled, demo: true })
  expect(store.get().modelFile).toBeNull()
})

test('choosing a bad file tells the reason and keeps what was in use', async () => {
  const { service, store, loads } = createService(({ file }) =>
    file === other ? new AppError('model-load-failed', 'Not GGUF.') : 'loads',
  )
  await service.ready(never)
  await expect(service.use(other)).rejects.toThrow('Not GGUF.')
  expect(store.get().modelFile).toBeNull()
  expect((await service.ready(never))?.file).toBe(bundled)
  expect(service.state()).toMatchObject({ status: 'ready', file: bundled, error: null })
  expect(loads.map((load) => load.file)).toEqual([bundled, other, bundled])
})

test('choosing another model while one is loading does not wait for it', async () => {
  const { service } = createService(({ file }) => (file === bundled ? 'waits' : 'loads'))
  const waiting = service.ready(never)
  await service.use(other)
  expect((await waiting)?.file).toBe(other)
})

test('settings of the model in use load it again', async () => {
  const { service, store, loads } = createService()
  await service.ready(never)
  await store.update({ theme: 'dark' })
  expect(loads).toHaveLength(1)
  const own = { answering: 'write' as const, keySentences: true, contextSize: 512, threads: null }
  await store.update({ models: { [bundled]: own } })
  await service.ready(never)
  expect(loads.at(-1)?.contextSize).toBe(512)
  expect(service.state().answering).toBe('write')
})

test('after a crash the model is loaded again, later each time, and in the end not', async () => {
  const { service, loads, crash } = createService()
  await service.ready(never)
  for (const [index, wait] of [0, 1_000, 5_000].entries()) {
    crash('It ran out of memory.')
    expect(service.state()).toMatchObject({
      status: 'loading',
      error: { code: 'host-crashed', message: 'It ran out of memory.' },
    })
    if (wait > 0) {
      await vi.advanceTimersByTimeAsync(wait - 1)
      expect(loads).toHaveLength(index + 1)
    }
    await vi.advanceTimersByTimeAsync(1)
    expect(loads).toHaveLength(index + 2)
    expect(service.state().status).toBe('ready')
  }
  crash()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(service.state().status).toBe('failed')
  expect(loads).toHaveLength(4)
  expect(await service.ready(never)).not.toBeNull()
})

test('after a crash on the graphics card the processor takes over and says so', async () => {
  const { service, loads, crash } = createService(undefined, { modelFile: other })
  await service.ready(never)
  crash()
  await vi.advanceTimersByTimeAsync(0)
  expect(loads.map((load) => load.gpu)).toEqual([true, false])
  expect(service.state().status).toBe('ready')
  expect(service.state().error?.message).toContain('graphics card')
})

test('a crash on the graphics card while loading is answered by the processor', async () => {
  const { service, loads } = createService(
    ({ gpu }) => (gpu ? new AppError('host-crashed', 'It crashed.') : 'loads'),
    { modelFile: other },
  )
  expect((await service.ready(never))?.gpu).toBe(false)
  expect((await service.ready(never))?.gpu).toBe(false)
  expect(loads.map((load) => load.gpu)).toEqual([true, false])
})

test.each([
  [other, true, true],
  [other, false, false],
  [bundled, true, false],
])('measuring %s uses the graphics card (%s) as answers do: %s', async (file, gpu, used) => {
  const { service, loads } = createService(undefined, { gpu })
  const info = await service.calibrate(file, () => undefined, never)
  expect(loads).toEqual([{ file, contextSize: null, threads: null, gpu: used, measure: true }])
  expect(info.gpu).toBe(used)
})

test('a crash while loading costs one more try, and the state says what happened', async () => {
  let crashes = 1
  const { service, loads, states } = createService(() => {
    crashes -= 1
    return crashes < 0 ? 'loads' : new AppError('host-crashed', 'It crashed.')
  })
  expect(await service.ready(never)).not.toBeNull()
  expect(loads).toHaveLength(2)
  expect(states.at(-2)).toMatchObject({ status: 'loading', error: { message: 'It crashed.' } })
  expect(service.state()).toMatchObject({ status: 'ready', error: null })
})

test('a model that crashes whenever it is loaded is given up, with the reason', async () => {
  const { service, loads } = createService(() => new AppError('host-crashed', 'It crashed.'))
  expect(await service.ready(never)).toBeNull()
  expect(loads).toHaveLength(2)
  expect(service.state()).toMatchObject({ status: 'failed', error: { message: 'It crashed.' } })
})

test('nothing is loaded once it was disposed', async () => {
  const { service, loads, crash } = createService()
  await service.ready(never)
  await service.dispose()
  crash()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await service.ready(never)).toBeNull()
  expect(loads).toHaveLength(1)
})
