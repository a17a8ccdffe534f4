import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unloadWhenIdle } from '../../../src/main/models/idleUnload.ts'
import type { ModelLoader } from '../../../src/main/models/modelLoader.ts'
import type { ModelState } from '../../../src/shared/contract/models.ts'
import { settings, type Settings } from '../../../src/shared/domain/settings.ts'
import { createFakeLlm, fakeInfo } from '../../helpers/fakeLlm.ts'

const never = new AbortController().signal
const prompt = { system: '', history: [], user: 'Why?' }
const minute = 60_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function create(unloadAfterMinutes: number | null = 10) {
  let current = settings.parse({ unloadAfterMinutes })
  let status: ModelState['status'] = 'ready'
  let unloads = 0
  const onState = new Set<(state: ModelState) => void>()
  const onChange = new Set<(now: Settings) => void>()
  const state = (): ModelState => ({ status }) as ModelState
  const loader: ModelLoader = {
    start: () => undefined,
    state,
    onState(listener) {
      onState.add(listener)
      return () => onState.delete(listener)
    },
    ready: () => Promise.resolve(fakeInfo),
    use: () => Promise.resolve(state()),
    unload() {
      unloads += 1
      become('idle')
      return Promise.resolve()
    },
    calibrate: () => new Promise(() => undefined),
    dispose: () => Promise.resolve(),
  }
  function become(next: ModelState['status']): void {
    status = next
    for (const listener of onState) listener(state())
  }
  let go = (): void => undefined
  const pace = (): Promise<void> => new Promise((resolve) => (go = resolve))
  const idle = unloadWhenIdle(loader, createFakeLlm('yes', pace), {
    get: () => current,
    onChange(listener) {
      onChange.add(listener)
      return () => onChange.delete(listener)
    },
  })
  become('ready')
  return {
    ...idle,
    become,
    unloads: () => unloads,
    /** Lets the model write its word. */
    write: () => go(),
    set: (change: Partial<Settings>): void => {
      current = settings.parse({ ...current, ...change })
      for (const listener of onChange) listener(current)
    },
  }
}

async function read(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const item of items) all.push(item)
  return all
}

test('an unused model is unloaded once, after the configured time', async () => {
  const { unloads } = create()
  await vi.advanceTimersByTimeAsync(10 * minute - 1)
  expect(unloads()).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(unloads()).toBe(1)
  await vi.advanceTimersByTimeAsync(60 * minute)
  expect([unloads(), vi.getTimerCount()]).toEqual([1, 0])
})

test('a model is never unloaded if the setting says so', async () => {
  const { unloads } = create(null)
  await vi.advanceTimersByTimeAsync(100_000 * minute)
  expect(unloads()).toBe(0)
})

test('an answer that takes longer is not cut off; the time starts when it ends', async () => {
  const { unloads, llm, write } = create()
  const answer = read(llm.generate(prompt, { maxTokens: 9, temperature: 0 }))
  await vi.advanceTimersByTimeAsync(25 * minute)
  expect(unloads()).toBe(0)
  write()
  await answer
  await vi.advanceTimersByTimeAsync(10 * minute - 1)
  expect(unloads()).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(unloads()).toBe(1)
})

test('a choice and a measurement keep the model loaded too', async () => {
  const { unloads, llm, loader } = create()
  void read(llm.choose(prompt, ['a'], { maxChoices: 1, final: [] }))
  await vi.advanceTimersByTimeAsync(25 * minute)
  expect(unloads()).toBe(0)
  const other = create()
  void other.loader.calibrate(
    null,
    () => undefined,
    never,
    () => Promise.resolve(),
  )
  await vi.advanceTimersByTimeAsync(25 * minute)
  expect(other.unloads()).toBe(0)
  await loader.dispose()
})

test('each question and each token count restarts the time', async () => {
  const { unloads, llm, loader } = create()
  for (const use of [
    () => loader.ready(never),
    () => llm.countTokens(['a']),
    () => llm.render(prompt),
  ]) {
    await vi.advanceTimersByTimeAsync(9 * minute)
    await use()
  }
  await vi.advanceTimersByTimeAsync(9 * minute)
  expect(unloads()).toBe(0)
  await vi.advanceTimersByTimeAsync(minute)
  expect(unloads()).toBe(1)
})

test('a loading model is not unloaded; the time starts once it is loaded', async () => {
  const { unloads, become } = create()
  become('loading')
  await vi.advanceTimersByTimeAsync(25 * minute)
  become('ready')
  await vi.advanceTimersByTimeAsync(10 * minute - 1)
  expect(unloads()).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(unloads()).toBe(1)
})

test('a new time applies at once; other settings change nothing', async () => {
  const { unloads, set } = create()
  await vi.advanceTimersByTimeAsync(5 * minute)
  set({ theme: 'dark' })
  await vi.advanceTimersByTimeAsync(5 * minute)
  expect(unloads()).toBe(1)
  const other = create()
  other.set({ unloadAfterMinutes: 1 })
  await vi.advanceTimersByTimeAsync(minute)
  expect(other.unloads()).toBe(1)
})

test('no timer is left after disposal', async () => {
  const { unloads, loader } = create()
  await loader.dispose()
  await vi.advanceTimersByTimeAsync(60 * minute)
  expect([unloads(), vi.getTimerCount()]).toEqual([0, 0])
})

test('calls that end after disposal start no timer', async () => {
  const { llm, loader, write } = create()
  const answer = read(llm.generate(prompt, { maxTokens: 9, temperature: 0 }))
  const warmedUp = llm.warmUp({ system: '', history: [] })
  await vi.advanceTimersByTimeAsync(minute)
  await loader.dispose()
  write()
  await Promise.all([answer, warmedUp])
  expect(vi.getTimerCount()).toBe(0)
})
