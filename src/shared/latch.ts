import { createEmitter } from './emitter.ts'

/** A one-time event: earlier listeners are called when it happens, later ones immediately. */
export interface Latch<T> {
  /** @returns ends the listening. */
  readonly on: (listener: (value: T) => void) => () => void
  /** Only the first call has an effect. */
  readonly release: (value: T) => void
  readonly isReleased: () => boolean
}

export function createLatch<T = void>(): Latch<T> {
  const waiting = createEmitter<T>()
  let released: { readonly value: T } | undefined
  return {
    on(listener) {
      if (released === undefined) return waiting.on(listener)
      listener(released.value)
      return () => undefined
    },
    release(value) {
      if (released !== undefined) return
      released = { value }
      waiting.emit(value)
      waiting.clear()
    },
    isReleased: () => released !== undefined,
  }
}
