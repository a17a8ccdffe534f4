import type { Estimate } from './estimate.ts'

/** The standard normal quantile of 0.975: intervals here cover 95 %. */
export const z95 = 1.959963984540054

/**
 * A share with Wilson's score interval (Wilson 1927), which stays within 0 and 1 and keeps its
 * coverage with few rows and near the ends, where the usual ± does not (Newcombe 1998a).
 * @param count how many of them; 0 ≤ count ≤ of
 * @param of how many rows there are; null is returned for none
 */
export function wilson(count: number, of: number): Estimate | null {
  if (of === 0) return null
  const value = count / of
  const squared = z95 * z95
  const middle = (count + squared / 2) / (of + squared)
  const half = (z95 * Math.sqrt((count * (of - count)) / of + squared / 4)) / (of + squared)
  return {
    value,
    // At the ends the formula gives the end itself, up to rounding.
    low: count === 0 ? 0 : Math.max(0, middle - half),
    high: count === of ? 1 : Math.min(1, middle + half),
  }
}
