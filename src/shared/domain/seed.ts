import { bounds, wholeWithin } from './limits.ts'

/** The seed of random draws: the same seed gives the same draws. */
export const seed = wholeWithin(bounds.seed)

/** The seed of the draw `index` of several, from 0; behind the largest it begins with 0. */
export function nthSeed(first: number, index: number): number {
  return (first + index) % (bounds.seed.max + 1)
}
