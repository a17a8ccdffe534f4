/**
 * Which struck-through text of a document is read. An old price, a repealed section, a name that was
 * replaced: it says what is no longer so, and is left out as deleted text is. After a tick it is read:
 * there the strike says again that the thing is done.
 */
export interface StruckText {
  /**
   * Takes note of text that is struck through.
   *
   * @param before what its line has before it.
   * @returns whether to leave it out.
   */
  leavesOut(before: string): boolean
  /** Takes note of text that is not struck through. */
  plain(): void
  /** Takes note of a tick that is no text: a box in a form. */
  tick(): void
  /** Another line begins, another paragraph or another row. */
  endLine(): void
}

const tickAtEnd = /(?:[☑☒✓✔✅]|\[x\])\s*$/iu

/** @param onLeftOut called once for each passage that is left out. */
export function createStruckText(onLeftOut: () => void): StruckText {
  let isTicked = false
  let isInPassage = false
  return {
    leavesOut(before) {
      isTicked ||= tickAtEnd.test(before)
      if (isTicked) return false
      if (!isInPassage) onLeftOut()
      isInPassage = true
      return true
    },
    plain() {
      isInPassage = false
    },
    tick() {
      isTicked = true
    },
    endLine() {
      isTicked = false
      isInPassage = false
    },
  }
}
