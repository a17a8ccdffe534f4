/** How long a file may take to be read, in milliseconds. */
export interface ParserPatience {
  /** Without progress. */
  readonly stallMs: number
  /** In all. */
  readonly totalMs: number
}

const mebibyte = 1024 * 1024

/** A file that takes longer, while others wait, is put off until those are read. */
const hurried = { stallMs: 5_000, perMebibyteMs: 1_000, mostMs: 30_000 }
const full = { stallMs: 30_000, perMebibyteMs: 4_000, mostMs: 120_000 }
const total = { baseMs: 5 * 60_000, perMebibyteMs: 60_000, mostMs: 30 * 60_000 }

/**
 * A small file gets a small time: one that takes longer is no document that people write.
 *
 * @param bytes size of the file.
 * @param othersWait whether to give the file up early, since it can be read after the others.
 */
export function patienceFor(bytes: number, othersWait: boolean): ParserPatience {
  const mebibytes = bytes / mebibyte
  const stall = othersWait ? hurried : full
  return {
    stallMs: Math.min(stall.mostMs, stall.stallMs + mebibytes * stall.perMebibyteMs),
    totalMs: Math.min(total.mostMs, total.baseMs + mebibytes * total.perMebibyteMs),
  }
}

/** For text that was read before, whose structure is known to be harmless. */
export const cutPatience: ParserPatience = { stallMs: full.mostMs, totalMs: total.mostMs }
