export interface StopTexts {
  /** Takes new text and returns what may be shown of all that was held back. */
  push(text: string): string
  /** A stop text has appeared; nothing follows. */
  readonly stopped: boolean
  /** What is still held back when the model has ended. */
  flush(): string
}

/** Holds back the end of a text as long as it may be the beginning of a stop text. */
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

/** Length of the longest end of `text` with which a stop text begins. */
function longestBeginning(text: string, stopTexts: readonly string[]): number {
  let longest = 0
  for (const stop of stopTexts) {
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(stop.slice(0, length))) longest = length
    }
  }
  return longest
}
