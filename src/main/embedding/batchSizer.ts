/** Chooses the size of the next batch so that none takes long. */
export interface BatchSizer {
  /** Number of texts in the next batch, counted from index `from`: at least 1. */
  next(texts: readonly string[], from: number): number
  /** Records how long a batch took in the process, in milliseconds. */
  took(texts: readonly string[], milliseconds: number): void
}

const targetMs = 20
const firstCharacters = 4_000
const fewestCharacters = 500
const mostCharacters = 200_000
const mostTexts = 256

/**
 * A question has to wait for the batches already sent. So their size follows the measured speed: a
 * fast model gets hundreds of texts at once, a slow one a single text.
 */
export function createBatchSizer(): BatchSizer {
  let characters = firstCharacters
  return {
    next(texts, from) {
      let count = 0
      let sum = 0
      for (let index = from; index < texts.length && count < mostTexts; index++) {
        sum += texts[index]?.length ?? 0
        if (count > 0 && sum > characters) break
        count += 1
      }
      return Math.max(1, count)
    },
    took(texts, milliseconds) {
      const sum = texts.reduce((total, text) => total + text.length, 0)
      const fitting = (sum / Math.max(milliseconds, 0.1)) * targetMs
      // Only half way to the new estimate, so that one slow batch (a busy machine) changes little.
      const wanted = (characters + Math.min(fitting, characters * 4)) / 2
      characters = Math.min(mostCharacters, Math.max(fewestCharacters, wanted))
    },
  }
}
