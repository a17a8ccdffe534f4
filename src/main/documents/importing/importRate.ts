/** Estimates the time left from the bytes done so far. Pauses do not count. */
export interface ImportRate {
  run(): void
  pause(): void
  /** @returns seconds, or null as long as there is too little to go by. */
  secondsLeft(bytesDone: number, bytesLeft: number): number | null
}

/** Below this a rate is mostly chance. */
const enoughMs = 2_000

export function createImportRate(now: () => number): ImportRate {
  let before = 0
  let since: number | undefined

  return {
    run() {
      since ??= now()
    },
    pause() {
      if (since !== undefined) before += now() - since
      since = undefined
    },
    secondsLeft(bytesDone, bytesLeft) {
      const ms = before + (since === undefined ? 0 : now() - since)
      if (ms < enoughMs || bytesDone === 0) return null
      return Math.ceil(((bytesLeft / bytesDone) * ms) / 1_000)
    },
  }
}
