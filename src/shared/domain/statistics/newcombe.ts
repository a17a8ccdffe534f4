import type { Estimate } from './estimate.ts'
import { wilson } from './wilson.ts'

/** The same rows, judged twice. */
export interface PairedCounts {
  readonly bothRight: number
  readonly onlyA: number
  readonly onlyB: number
  readonly bothWrong: number
}

/**
 * The share that B has right minus the share that A has right, with the score interval for paired
 * rows (Newcombe 1998b, method 10): Wilson's intervals of both shares, combined by their
 * correlation φ, which is corrected for continuity.
 *
 * Newcombe, R. G. (1998b): Improved confidence intervals for the difference between binomial
 * proportions based on paired data. Statistics in Medicine 17, 2635–2650.
 */
export function pairedDifference({
  bothRight,
  onlyA,
  onlyB,
  bothWrong,
}: PairedCounts): Estimate | null {
  const rows = bothRight + onlyA + onlyB + bothWrong
  const a = wilson(bothRight + onlyA, rows)
  const b = wilson(bothRight + onlyB, rows)
  if (a === null || b === null) return null
  const value = (onlyB - onlyA) / rows
  const phi = correlation({ bothRight, onlyA, onlyB, bothWrong })
  const down = combined(b.value - b.low, a.high - a.value, phi)
  const up = combined(b.high - b.value, a.value - a.low, phi)
  return { value, low: Math.max(-1, value - down), high: Math.min(1, value + up) }
}

function combined(one: number, other: number, phi: number): number {
  // Negative only through rounding, since φ is between −1 and 1.
  return Math.sqrt(Math.max(0, one * one - 2 * phi * one * other + other * other))
}

function correlation({ bothRight, onlyA, onlyB, bothWrong }: PairedCounts): number {
  const rows = bothRight + onlyA + onlyB + bothWrong
  const margins =
    (bothRight + onlyA) * (onlyB + bothWrong) * (bothRight + onlyB) * (onlyA + bothWrong)
  if (margins === 0) return 0
  const excess = bothRight * bothWrong - onlyA * onlyB
  const corrected = excess > 0 ? Math.max(0, excess - rows / 2) : excess
  return corrected / Math.sqrt(margins)
}
