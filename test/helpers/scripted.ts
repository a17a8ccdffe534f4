import { createEmitter } from '../../src/shared/emitter.ts'

/** A state that a test or a scene sets, with its handler and its event for `overrides`. */
export interface Scripted<State> {
  readonly get: () => State
  readonly listen: (listener: (state: State) => void) => () => void
  /** Sets another state and notifies listeners. */
  readonly set: (state: State) => void
}

export function scripted<State>(first: State): Scripted<State> {
  const changed = createEmitter<State>()
  let state = first
  return {
    get: () => state,
    listen: changed.on,
    set(next) {
      state = next
      changed.emit(state)
    },
  }
}
