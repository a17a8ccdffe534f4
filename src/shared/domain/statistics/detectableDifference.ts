import { z95 } from './wilson.ts'

/** The standard normal quantile of 0.8. */
const z80 = 0.8416212335729143

/**
 * The smallest difference of two shares that McNemar's test would find in four of five samples of
 * that many rows (Connor 1987, with half a row as continuity correction). Smaller real differences
 * mostly go undetected.
 * @param rows that both arms have
 * @param noise the share of rows that would go the other way; with more of it less shows
 * @returns a share between 0 and 1
 */
export function detectableDifference(rows: number, noise: number): number {
  let low = 0
  let high = 1
  // The power rises with the difference: 30 halvings come closer than anyone reads.
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2
    if (shows(middle, rows, Math.min(noise, (1 - middle) / 2))) high = middle
    else low = middle
  }
  return high
}

function shows(difference: number, rows: number, noise: number): boolean {
  const differing = difference + 2 * noise
  const found = Math.sqrt(rows) * (difference - 0.5 / rows)
  return found >= z95 * Math.sqrt(differing) + z80 * Math.sqrt(differing - difference ** 2)
}
