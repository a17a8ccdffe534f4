import { expect, test } from 'vitest'
import type { AttentionMeasurement } from '../../../src/main/llm/host/llmContract.ts'
import { chooseReading } from '../../../src/main/llm/host/reading.ts'

const flash = { flashAttention: true }
const plain = { flashAttention: false }

/** Both ways on a processor with AVX-512, one or two threads. Milliseconds. */
const wide: Record<string, readonly AttentionMeasurement[]> = {
  // 6 layers of 8 heads of 32.
  tiny: [
    { ...flash, one: 2.5, few: 17, row: 82, block: 8.2, long: 42 },
    { ...plain, one: 0.77, few: 1.6, row: 6.9, block: 11, long: 44 },
  ],
  // 22 layers of 32 heads of 64.
  '1.1b': [
    { ...flash, one: 21.5, few: 102, row: 451, block: 339, long: 1_336 },
    { ...plain, one: 19.7, few: 66, row: 297, block: 454, long: 1_816 },
  ],
  // 32 layers of 32 heads of 128.
  '7b': [
    { ...flash, one: 93, few: 320, row: 1_374, block: 1_922, long: 7_688 },
    { ...plain, one: 111, few: 356, row: 1_674, block: 1_850, long: 7_400 },
  ],
}

test('small heads on a processor with wide vectors are read without flash attention', () => {
  expect(chooseReading(wide.tiny ?? [])).toEqual({ flashAttention: false, refillFrom: null })
})

test('with flash attention, few tokens are filled up to a block from the count where that is faster', () => {
  const reading = chooseReading(wide['1.1b'] ?? [])
  expect(reading?.flashAttention).toBe(true)
  // 37 tokens take 417 ms, a block 339.
  expect(reading?.refillFrom).toBeGreaterThan(8)
  expect(reading?.refillFrom).toBeLessThanOrEqual(37)
})

test('large heads keep flash attention, and read no extra tokens', () => {
  expect(chooseReading(wide['7b'] ?? [])).toEqual({ flashAttention: true, refillFrom: null })
})

test('flash attention is not given up for a tiny gain', () => {
  const same = { one: 10, few: 20, row: 60, block: 80, long: 320 }
  const faster = { one: 9.7, few: 19.4, row: 58.2, block: 77.6, long: 310 }
  expect(
    chooseReading([
      { ...flash, ...same },
      { ...plain, ...faster },
    ]),
  ).toEqual({
    flashAttention: true,
    refillFrom: null,
  })
})

test('few tokens are not filled up to a block that is hardly faster', () => {
  const same = { one: 5, few: 15, row: 60, block: 55, long: 240 }
  expect(
    chooseReading([
      { ...flash, ...same },
      { ...plain, ...same },
    ])?.refillFrom,
  ).toBeNull()
})

test('few tokens are rated as they would be read: filled up to a block if that is faster', () => {
  const reading = chooseReading([
    { ...flash, one: 1, few: 5, row: 200, block: 8, long: 40 },
    { ...plain, one: 1, few: 5, row: 20, block: 30, long: 60 },
  ])
  expect(reading).toEqual({ flashAttention: true, refillFrom: 9 })
})

test('nothing is chosen unless both ways were measured', () => {
  expect(chooseReading([])).toBeNull()
  expect(chooseReading(wide.tiny?.slice(0, 1) ?? [])).toBeNull()
})
