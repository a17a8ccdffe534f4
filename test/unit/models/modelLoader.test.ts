import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SettingsStore } from '../../../src/main/config/settingsStore.ts'
import type { Llm, LlmInfo, LoadOptions } from '../../../src/main/llm/llm.ts'
import { createModelLoader } from '../../../src/main/models/modelLoader.ts'
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

function createLoader(outcome?: (options: LoadOptions) => Outcome, change?: Partial<Settings>) {
  const loading = createLoading(outcome)
  const store = createStore(change)
  const loader = createModelLoader({
    llm: loading.llm,
    settings: store,
    bundledModel: bundled,
    logger: quiet,
  })
  const states: ModelState[] = []
  loader.onState((state) => states.push(state))
  return { ...loading, store, loader, states }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('the demo model is loaded when it is first needed, on the processor, and quotes', async () => {
  const { loader, loads, states } = createLoader()
  expect(loads).toEqual([])
  expect(loader.state()).toMatchObject({
    status: 'loading',
    fraction: null,
    file: bundled,
    demo: true,
  })
  const infos = await Promise.all([loader.ready(never), loader.ready(never)])
  expect(infos.map((info) => info?.file)).toEqual([bundled, bundled])
  expect(loads).toEqual([{ file: bundled, contextSize: null, threads: null, gpu: false }])
  expect(states.map(({ status, fraction }) => [status, fraction])).toEqual([
    ['loading', 0.5],
    ['loading', null],
    ['ready', null],
  ])
  expect(loader.state()).toMatchObject({
    status: 'ready',
    name: 'A model',
    answering: 'quote',
    contextSize: 1024,
    threads: 2,
  })
})

test('a context that is smaller than requested is reported', async () => {
  const own = { answering: null, keySentences: true, contextSize: 4096, threads: null }
  const { loader, store } = createLoader(() => 'loads', { modelFile: other })
  await loader.ready(never)
  expect(loader.state().error).toBeNull()
  await store.update({ models: { [other]: own } })
  await loader.ready(never)
  const { status, error } = loader.state()
  expect([status, error?.code]).toEqual(['ready', 'out-of-memory'])
  expect(error?.message).toContain('1,024 tokens of context, not for 4,096')
})

test('a chosen model writes, with its own settings', async () => {
  const models = { [other]: { answering: null, keySentences: true, contextSize: 2048, threads: 3 } }
  const { loader, loads } = createLoader(undefined, { modelFile: other, models })
  await loader.ready(never)
  expect(loads).toEqual([{ file: other, contextSize: 2048, threads: 3, gpu: true }])
  expect(loader.state()).toMatchObject({ demo: false, answering: 'write' })
})

test('no model is loaded for passages only', async () => {
  const { loader, loads, store, unloads } = createLoader(undefined, { passagesOnly: true })
  expect(await loader.ready(never)).toBeNull()
  expect(loader.state()).toMatchObject({ status: 'none', file: null })
  expect(loads).toEqual([])
  await store.update({ passagesOnly: false })
  expect(await loader.ready(never)).not.toBeNull()
  await store.update({ passagesOnly: true })
  expect(unloads()).toBe(1)
  expect(loader.state().status).toBe('none')
})

test('a model that cannot be loaded says why; questions are answered without it', async () => {
  const reason = new AppError('model-load-failed', 'The file is damaged.')
  const { loader, loads } = createLoader(() => reason)
  expect(await loader.ready(never)).toBeNull()
  expect(loader.state()).toMatchObject({
    status: 'failed',
    error: { code: 'model-load-failed', message: 'The file is damaged.' },
  })
  expect(await loader.ready(never)).toBeNull()
  expect(loads).toHaveLength(1)
})

test('a file that was missing is looked for again at the next question', async () => {
  let there = false
  const { loader } = createLoader(() =>
    there ? 'loads' : new AppError('model-missing', 'It is gone.'),
  )
  expect(await loader.ready(never)).toBeNull()
  there = true
  expect(await loader.ready(never)).not.toBeNull()
})

test('cancelling a wait for the model does not cancel loading it', async () => {
  const { loader } = createLoader(() => 'waits')
  const controller = new AbortController()
  const waiting = loader.ready(controller.signal)
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  expect(loader.state().status).toBe('loading')
})

test('a model is remembered once it has been loaded', async () => {
  const { loader, store } = createLoader()
  await loader.ready(never)
  const state = await loader.use(other)
  expect(state).toMatchObject({ status: 'ready', file: other, demo: false })
  expect(store.get().modelFile).toBe(other)
  expect(await loader.use(null)).toMatchObject({ file: bundled, demo: true })
  expect(store.get().modelFile).toBeNull()
})

test('choosing a bad file fails with the reason and keeps the model in use', async () => {
  const { loader, store, loads } = createLoader(({ file }) =>
    file === other ? new AppError('model-load-failed', 'Not GGUF.') : 'loads',
  )
  await loader.ready(never)
  await expect(loader.use(other)).rejects.toThrow('Not GGUF.')
  expect(store.get().modelFile).toBeNull()
  expect((await loader.ready(never))?.file).toBe(bundled)
  expect(loader.state()).toMatchObject({ status: 'ready', file: bundled, error: null })
  expect(loads.map((load) => load.file)).toEqual([bundled, other, bundled])
})

test('choosing another model while one is loading does not wait for it', async () => {
  const { loader } = createLoader(({ file }) => (file === bundled ? 'waits' : 'loads'))
  const waiting = loader.ready(never)
  await loader.use(other)
  expect((await waiting)?.file).toBe(other)
})

test('changing the settings of the model in use reloads it', async () => {
  const { loader, store, loads } = createLoader()
  await loader.ready(never)
  await store.update({ theme: 'dark' })
  expect(loads).toHaveLength(1)
  const own = { answering: 'write' as const, keySentences: true, contextSize: 512, threads: null }
  await store.update({ models: { [bundled]: own } })
  await loader.ready(never)
  expect(loads.at(-1)?.contextSize).toBe(512)
  expect(loader.state().answering).toBe('write')
})

test('after a crash the model is reloaded, and finally given up', async () => {
  const { loader, loads, crash } = createLoader()
  await loader.ready(never)
  for (const index of [0, 1, 2]) {
    crash('It ran out of memory.')
    expect(loader.state()).toMatchObject({
      status: 'loading',
      error: { code: 'host-crashed', message: 'It ran out of memory.' },
    })
    await vi.advanceTimersByTimeAsync(0)
    expect(loads).toHaveLength(index + 2)
    expect(loader.state().status).toBe('ready')
  }
  crash()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(loader.state().status).toBe('failed')
  expect(loads).toHaveLength(4)
  expect(await loader.ready(never)).not.toBeNull()
})

test('after a crash on the graphics card the processor takes over and says so', async () => {
  const { loader, loads, crash } = createLoader(undefined, { modelFile: other })
  await loader.ready(never)
  crash()
  await vi.advanceTimersByTimeAsync(0)
  expect(loads.map((load) => load.gpu)).toEqual([true, false])
  expect(loader.state().status).toBe('ready')
  expect(loader.state().error?.message).toContain('graphics card')
})

test('after a crash on the graphics card while loading, the processor takes over', async () => {
  const { loader, loads } = createLoader(
    ({ gpu }) => (gpu ? new AppError('host-crashed', 'It crashed.') : 'loads'),
    { modelFile: other },
  )
  expect((await loader.ready(never))?.gpu).toBe(false)
  expect((await loader.ready(never))?.gpu).toBe(false)
  expect(loads.map((load) => load.gpu)).toEqual([true, false])
})

test.each([
  [other, true, true],
  [other, false, false],
  [bundled, true, false],
])('measuring %s uses the graphics card (%s) as answers do: %s', async (file, gpu, used) => {
  const { loader, loads } = createLoader(undefined, { gpu })
  const info = await loader.calibrate(
    file,
    () => undefined,
    never,
    () => Promise.resolve(),
  )
  expect(loads).toEqual([{ file, contextSize: null, threads: null, gpu: used, measure: true }])
  expect(info.gpu).toBe(used)
})

test('a crash while loading is retried once, and the state says what happened', async () => {
  let crashes = 1
  const { loader, loads, states } = createLoader(() => {
    crashes -= 1
    return crashes < 0 ? 'loads' : new AppError('host-crashed', 'It crashed.')
  })
  expect(await loader.ready(never)).not.toBeNull()
  expect(loads).toHaveLength(2)
  expect(states.at(-2)).toMatchObject({ status: 'loading', error: { message: 'It crashed.' } })
  expect(loader.state()).toMatchObject({ status: 'ready', error: null })
})

test('a model that crashes whenever it is loaded is given up, with the reason', async () => {
  const { loader, loads } = createLoader(() => new AppError('host-crashed', 'It crashed.'))
  expect(await loader.ready(never)).toBeNull()
  expect(loads).toHaveLength(2)
  expect(loader.state()).toMatchObject({ status: 'failed', error: { message: 'It crashed.' } })
})

test('nothing is loaded after disposal', async () => {
  const { loader, loads, crash } = createLoader()
  await loader.ready(never)
  await loader.dispose()
  crash()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await loader.ready(never)).toBeNull()
  expect(loads).toHaveLength(1)
})

test('a model for work in the background is loaded until the chosen one is needed', async () => {
  const { loader, loads } = createLoader()
  const chosen = await loader.ready(never)
  const borrowed = await loader.ready(never, other)
  expect(borrowed?.file).toBe(other)
  // The same object says that no other model answered in between.
  expect(await loader.ready(never, other)).toBe(borrowed)
  expect(loader.state()).toMatchObject({ file: bundled, name: 'demo', contextSize: null })
  const again = await loader.ready(never)
  expect(again?.file).toBe(bundled)
  expect(again).not.toBe(chosen)
  expect(loads.map(({ file }) => file)).toEqual([bundled, other, bundled])
})
