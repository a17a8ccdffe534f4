import { createEmitter } from '../../shared/emitter.ts'

/** Reports a state, at most ten times a second. */
export interface StateFeed<State> {
  /** Something has changed; several changes at once are reported once. */
  readonly notifySoon: () => void
  readonly on: (listener: (state: State) => void) => () => void
  /** Stops reporting. */
  close(): void
}

const everyMs = 100

/** @param state reads the state when it is reported. */
export function createStateFeed<State>(state: () => State | Promise<State>): StateFeed<State> {
  const states = createEmitter<State>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  async function tell(): Promise<void> {
    timer = undefined
    if (states.hasListeners()) states.emit(await state())
  }

  return {
    notifySoon() {
      if (!closed) timer ??= setTimeout(() => void tell(), everyMs)
    },
    on: states.on,
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
