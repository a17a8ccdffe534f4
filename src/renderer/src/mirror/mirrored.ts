import { createStore, type StoreApi } from 'zustand/vanilla'
import { isDisconnected, toWire } from '../../../shared/errors.ts'
import { createCopy, type Change } from './copy.ts'

export interface MirroredState<T> {
  readonly value: T
  /** Whether the core has told it: before, nothing can be called empty. */
  readonly known: boolean
  /** Why it could not be read the last time, as a sentence. */
  readonly problem: string | null
}

/** A state of the core as features see it: to read and to follow. */
export type Slice<T> = Pick<
  StoreApi<MirroredState<T>>,
  'getState' | 'getInitialState' | 'subscribe'
>

/** A failure, and the sentence for errors that have none of their own. */
export interface Failure {
  readonly error: unknown
  readonly sentence: string
}

/** Is given every failure that a person should know of. */
export type Tell = (failure: Failure) => void

/** Where a state comes from. */
export interface Source<T> {
  /** Until the core has told it. */
  readonly initial: T
  readonly load: () => Promise<T>
  /** Listens to the core; without it the state is read again only on demand. */
  readonly follow?: (change: (next: Change<T>) => void) => readonly (() => void)[]
  /** Milliseconds in which changes are gathered before they are shown; 0 shows each at once. */
  readonly gatherMs?: number
  /** Says that it could not be read. */
  readonly sentence: string
}

export interface Mirrored<T> extends Slice<T> {
  /** Reads it from the core; answers with what went wrong and leaves what was known as it was. */
  load(): Promise<Failure | null>
  /** Reads it from the core and tells what went wrong. */
  reload(): Promise<void>
  /** Takes in what an answer of the core has told. */
  change(next: Change<T>): void
  /**
   * Shows a change at once and sends it. If that fails, it is taken back and told; never rejects.
   *
   * @param sentence for errors that have none of their own
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
      // Once connected again, everything is read again.
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
