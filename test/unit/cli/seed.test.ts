import { expect, it } from 'vitest'
import { seedOf } from '../../../src/main/cli/arguments.ts'
import { decoding } from '../../../src/shared/domain/template/decoding.ts'
import { bounds } from '../../../src/shared/domain/limits.ts'
import { nthSeed } from '../../../src/shared/domain/seed.ts'

const largestSeed = bounds.seed.max

it.each([
  ['0', 0],
  ['1000000000', 1_000_000_000],
  ['4294967294', 4_294_967_294],
])('takes the seed %s, as a template does', (text, number) => {
  expect(seedOf(text)).toBe(number)
  expect(decoding.parse({ seed: number }).seed).toBe(number)
})

// The last of 32 bits means "any seed" to llama.cpp.
it.each(['4294967295', '-1', '1.5', '1e3', ''])('refuses the seed %s', (text) => {
  expect(() => seedOf(text)).toThrow('A whole number from 0 to 4294967294 is needed.')
})

it('refuses in a template what the command line refuses', () => {
  expect(decoding.safeParse({ seed: 4_294_967_295 }).success).toBe(false)
})

it('counts on from the largest with 0', () => {
  expect([0, 1, 2].map((index) => nthSeed(largestSeed - 1, index))).toEqual([
    largestSeed - 1,
    largestSeed,
    0,
  ])
})
