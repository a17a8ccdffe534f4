import { z } from 'zod'

/** 32 bits, but for the last number: llama.cpp takes it to mean "any seed". */
export const largestSeed = 0xffff_fffe

/** The seed of random draws: the same seed gives the same draws. */
export const seed = z.number().int().min(0).max(largestSeed)

/** The seed of the draw `index` of several, from 0; behind the largest it begins with 0. */
export function nthSeed(first: number, index: number): number {
  return (first + index) % (largestSeed + 1)
}
