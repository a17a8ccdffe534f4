/** Length of the window that the rate is measured over, in milliseconds. */
const spanMs = 8_000
const leastMs = 500

/** The transfer rate over the last few seconds. */
export interface TransferRate {
  add(doneBytes: number): void
  /** Bytes per second; null until there is enough data. */
  perSecond(): number | null
}

export function createTransferRate(now: () => number = Date.now): TransferRate {
  const seen: { readonly at: number; readonly bytes: number }[] = []
  return {
    add(bytes) {
      const at = now()
      const last = seen.at(-1)
      if (last !== undefined && at - last.at < 100) return
      seen.push({ at, bytes })
      while ((seen[1]?.at ?? at) < at - spanMs) seen.shift()
    },
    perSecond() {
      const first = seen[0]
      const last = seen.at(-1)
      if (first === undefined || last === undefined || last.at - first.at < leastMs) return null
      return ((last.bytes - first.bytes) * 1000) / (last.at - first.at)
    },
  }
}
