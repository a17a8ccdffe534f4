/** Estimates the time left from the bytes done so far. Pauses don't count. */
export interface ImportRate {
  run(): void
  pause(): void
  /** @returns seconds, or null until there is enough to estimate it from. */
  secondsLeft(bytesDone: number, bytesLeft: number): number | null
}

/** Rates over less time are too noisy. */
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
