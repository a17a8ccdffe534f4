import type { SettingsStore } from '../config/settingsStore.ts'
import type { Llm } from '../llm/llm.ts'
import type { ModelLoader } from './modelLoader.ts'

export interface IdleUnload {
  /** The same loader; calls of `ready` count as use. */
  readonly loader: ModelLoader
  /** The same model; all calls count as use. */
  readonly llm: Llm
}

const minuteMs = 60_000

/**
 * Unloads a model after the idle time of the settings, to free its memory. The time starts at the
 * end of the last use, so it never elapses during a call.
 */
export function unloadWhenIdle(
  loader: ModelLoader,
  llm: Llm,
  settings: Pick<SettingsStore, 'get' | 'onChange'>,
): IdleUnload {
  let inUse = 0
  let disposed = false
  let timer: NodeJS.Timeout | undefined
  let minutes = settings.get().unloadAfterMinutes

  function restart(): void {
    clearTimeout(timer)
    // Calls that disposal interrupts end after it.
    if (disposed || minutes === null || inUse > 0 || loader.state().status !== 'ready') return
    timer = setTimeout(() => void loader.unload(), minutes * minuteMs).unref()
  }

  async function using<T>(work: () => Promise<T>): Promise<T> {
    inUse += 1
    restart()
    try {
      return await work()
    } finally {
      inUse -= 1
      restart()
    }
  }

  async function* usingItems<Item>(items: () => AsyncIterable<Item>): AsyncGenerator<Item> {
    inUse += 1
    restart()
    try {
      yield* items()
    } finally {
      inUse -= 1
      restart()
    }
  }

  const stopStates = loader.onState(restart)
  const stopSettings = settings.onChange(() => {
    const now = settings.get().unloadAfterMinutes
    // A change of another setting must not restart the timer.
    if (now === minutes) return
    minutes = now
    restart()
  })

  return {
    loader: {
      ...loader,
      ready: (...call) => using(() => loader.ready(...call)),
      use: (file) => using(() => loader.use(file)),
      calibrate: (...call) => using(() => loader.calibrate(...call)),
      dispose() {
        disposed = true
        clearTimeout(timer)
        stopStates()
        stopSettings()
        return loader.dispose()
      },
    },
    llm: {
      ...llm,
      countTokens: (texts) => using(() => llm.countTokens(texts)),
      render: (prompt) => using(() => llm.render(prompt)),
      warmUp: (prefix) => using(() => llm.warmUp(prefix)),
      generate: (...call) => usingItems(() => llm.generate(...call)),
      choose: (...call) => usingItems(() => llm.choose(...call)),
    },
  }
}
