import { expect, test } from 'vitest'
import { isRepacked } from '../../../src/main/llm/host/repacking.ts'

// As llama.cpp says itself when it loads such files: "CPU_REPACK model buffer size".
test.each([
  ['Q4_0', 'x64', true],
  ['Q4_K_M', 'x64', true],
  ['Q6_K', 'x64', false],
  ['Q8_0', 'x64', false],
  ['F16', 'x64', false],
  ['Q8_0', 'arm64', true],
  ['Q5_K_M', 'arm64', true],
  ['BF16', 'arm64', false],
  ['Q4_0', 'ppc64', false],
] as const)('%s on %s', (quantisation, architecture, expected) => {
  expect(isRepacked(quantisation, architecture)).toBe(expected)
})
