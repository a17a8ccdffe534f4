import { createStore, type StoreApi } from 'zustand/vanilla'
import { isDisconnected, toWire } from '../../../shared/errors.ts'
import { createCopy, type Change } from './copy.ts'

export interface MirroredState<T> {
  readonly value: T
  /** Whether it was loaded; an empty value means nothing before. */
  readonly known: boolean
  /** Why the last load failed, as a sentence. */
  readonly problem: string | null
}

/** A read-only view of a state of the core, for features. */
export type Slice<T> = Pick<
  StoreApi<MirroredState<T>>,
  'getState' | 'getInitialState' | 'subscribe'
>

/** A failure, and the sentence for errors without a message for users. */
export interface Failure {
  readonly error: unknown
  readonly sentence: string
}

/** Receives every failure that the user should know of. */
export type Tell = (failure: Failure) => void

/** The source of a state. */
export interface Source<T> {
  /** The value before the first load. */
  readonly initial: T
  readonly load: () => Promise<T>
  /** Subscribes to the core's events; without it the state is only loaded on demand. */
  readonly follow?: (change: (next: Change<T>) => void) => readonly (() => void)[]
  /** Milliseconds over which changes are batched; 0 shows each at once. */
  readonly gatherMs?: number
  /** The sentence for a failed load. */
  readonly sentence: string
}

export interface Mirrored<T> extends Slice<T> {
  /** Loads it from the core. Returns the failure, and keeps the old value then. */
  load(): Promise<Failure | null>
  /** Loads it from the core, and reports a failure. */
  reload(): Promise<void>
  /** Applies a change known from a response of the core. */
  change(next: Change<T>): void
  /**
   * Shows a change optimistically and sends it. A failure reverts and reports it; never rejects.
   *
   * @param sentence for errors without a message for users
   */
  write(next: Change<T>, send: () => Promise<unknown>, sentence: string): Promise<void>
  dispose(): void
}

/** Keeps a copy of a state of the core. It is empty until `load` is called. */
export function createMirrored<T>(source: Source<T>, tell: Tell): Mirrored<T> {
  const { initial, gatherMs = 0 } = source
  const store = createStore<MirroredState<T>>(() => ({
    value: initial,
    known: false,
    problem: null,
  }))
  const copy = createCopy(initial)
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(): void {
    clearTimeout(timer)
    timer = undefined
    store.setState({ value: copy.current() })
  }

  function change(next: Change<T>): void {
    copy.change(next)
    if (gatherMs === 0) show()
    else timer ??= setTimeout(show, gatherMs)
  }

  async function load(): Promise<Failure | null> {
    const loading = copy.beginLoad()
    try {
      loading.finish(await source.load())
      if (loading.isLatest()) store.setState({ known: true, problem: null })
      show()
      return null
    } catch (error) {
      // Everything is loaded again after the next connection.
      if (!loading.isLatest() || isDisconnected(error)) return null
      store.setState({ problem: toWire(error).message })
      return { error, sentence: source.sentence }
    }
  }

  const stops = source.follow?.(change) ?? []
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    load,
    async reload() {
      const failure = await load()
      if (failure !== null) tell(failure)
    },
    change,
    async write(next, send, sentence) {
      const pending = copy.write(next)
      show()
      try {
        await send()
        pending.confirm()
      } catch (error) {
        pending.revert()
        tell({ error, sentence })
      } finally {
        show()
      }
    },
    dispose() {
      clearTimeout(timer)
      for (const stop of stops) stop()
    },
  }
}
