export interface StopTexts {
  /** Adds text, and returns the text that can be shown now. */
  push(text: string): string
  /** Whether a stop text has appeared; nothing follows it. */
  readonly stopped: boolean
  /** The text still held back, after the end of generation. */
  flush(): string
}

/** Filters a stream of text: its end is held back while it may be the start of a stop text. */
export function createStopTexts(stopTexts: readonly string[]): StopTexts {
  let held = ''
  let stopped = false
  return {
    get stopped() {
      return stopped
    },
    push(text) {
      if (stopped) return ''
      held += text
      const found = stopTexts.map((stop) => held.indexOf(stop)).filter((at) => at >= 0)
      if (found.length > 0) {
        stopped = true
        const shown = held.slice(0, Math.min(...found))
        held = ''
        return shown
      }
      const shown = held.slice(0, held.length - longestBeginning(held, stopTexts))
      held = held.slice(shown.length)
      return shown
    },
    flush() {
      const rest = stopped ? '' : held
      held = ''
      return rest
    },
  }
}

/** Length of the longest suffix of `text` that is a prefix of a stop text. */
function longestBeginning(text: string, stopTexts: readonly string[]): number {
  let longest = 0
  for (const stop of stopTexts) {
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(stop.slice(0, length))) longest = length
    }
  }
  return longest
}
