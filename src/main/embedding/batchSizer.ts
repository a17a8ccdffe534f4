/** Chooses how many texts go into the next batch, so that none takes long. */
export interface BatchSizer {
  /** How many of `texts`, from index `from` on, go together: at least one. */
  next(texts: readonly string[], from: number): number
  /** Tells how long a batch took in the process, in milliseconds. */
  took(texts: readonly string[], milliseconds: number): void
}

const targetMs = 20
const firstCharacters = 4_000
const fewestCharacters = 500
const mostCharacters = 200_000
const mostTexts = 256

/**
 * A question waits for the batches that are on the way. Their size follows the speed measured, so
 * that a fast model gets hundreds of texts at once and a slow one a single text.
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
      // Half the way each time: one slow batch (another program was busy) changes little.
      const wanted = (characters + Math.min(fitting, characters * 4)) / 2
      characters = Math.min(mostCharacters, Math.max(fewestCharacters, wanted))
    },
  }
}
