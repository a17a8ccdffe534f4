import { expect, test } from 'vitest'
import {
  chunkOptionsFor,
  defaultChunkOptions,
} from '../../../../src/main/parsing/chunking/chunkOptions.ts'
import { passageSizeOf } from '../../../../src/main/embedding/passageSize.ts'

const profile = { dir: '/models/one', maxTokens: 512, passagePrefix: '' }

test('a passage leaves room for special tokens, prefix and headings', () => {
  expect(passageSizeOf(profile)).toEqual({ tokenizerDir: '/models/one', maxTokens: 446 })
  expect(passageSizeOf({ ...profile, passagePrefix: 'passage: ' }).maxTokens).toBe(437)
  // A quarter at most goes to headings: 254 less 63.
  expect(passageSizeOf({ ...profile, maxTokens: 256 }).maxTokens).toBe(191)
})

test('passages have the usual length if the embedder reads that much, else they are shorter', () => {
  expect(chunkOptionsFor(446)).toEqual(defaultChunkOptions)
  expect(chunkOptionsFor(191)).toEqual({ targetTokens: 152, maxTokens: 191, overlapSentences: 1 })
})
