import { setImmediate as nextTurn } from 'node:timers/promises'

/** Lets long work on the main thread yield. */
export interface TimeSlices {
  /** Whether the slice is used up. */
  due(): boolean
  /** Lets everything that waits run, and begins a new slice. */
  pause(): Promise<void>
}

/** Milliseconds of work between pauses: less than a frame. */
const sliceMs = 8

export function createTimeSlices(): TimeSlices {
  let startedAt = performance.now()
  return {
    due: () => performance.now() - startedAt > sliceMs,
    async pause() {
      await nextTurn()
      startedAt = performance.now()
    },
  }
}
