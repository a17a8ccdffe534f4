import { expect, test } from 'vitest'
import { describeProcessor, instructionSets } from '../../../src/main/llm/processor.ts'

test('the relevant instruction sets of one core are listed in a fixed order', () => {
  const core = (n: number) =>
    `processor\t: ${String(n)}\nmodel name\t: A processor\nflags\t\t: fpu sse4_2 avx2 avx512f avx512_vnni fma syscall\n\n`
  expect(instructionSets(core(0) + core(1))).toEqual([
    'avx2',
    'avx512_vnni',
    'avx512f',
    'fma',
    'sse4_2',
  ])
  expect(instructionSets('Features\t: fp asimd asimddp sve crc32\n')).toEqual([
    'asimd',
    'asimddp',
    'sve',
  ])
  expect(instructionSets('')).toEqual([])
})

test('the same machine is described in the same words', async () => {
  expect(await describeProcessor()).toBe(await describeProcessor())
  expect(await describeProcessor()).toMatch(/ × \d+/u)
})
