import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { AutoTokenizer } from '@huggingface/transformers'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTokenCounter } from '../../src/main/parsing/host/tokenCounter.ts'
import { hasUnspacedScript } from '../../src/shared/domain/unspacedScripts.ts'

const directory = path.resolve('resources/models/penknife-embed')
const sample = path.resolve('resources/sample')
const countTokens = await createTokenCounter(directory)
const tokenizer = await AutoTokenizer.from_pretrained(directory, { local_files_only: true })

function exactly(text: string): number {
  return tokenizer.encode(text, { add_special_tokens: false }).length
}

it('counts the same tokens as the tokenizer in the sample library', () => {
  for (const name of readdirSync(sample)) {
    const text = readFileSync(path.join(sample, name), 'utf8')
    if (!/\.(md|txt|html|csv|json)$/.test(name)) continue
    expect(countTokens(text), name).toBe(exactly(text))
  }
})

it('counts the same tokens as the tokenizer in any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(' ', '\n', '\u00A0', '\u3000', 'Σίσυφος', 'ﬁne', '中文', '¨x', 'e\u0301', '▁'),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.lorem({ maxCount: 3 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('')
      if (hasUnspacedScript(text)) expect(countTokens(text)).toBeGreaterThanOrEqual(exactly(text))
      else expect(countTokens(text)).toBe(exactly(text))
    }),
    { numRuns: 500 },
  )
})

it('does not undercount scripts without spaces', () => {
  expect(exactly('東京都三鷹市の図書館')).toBeLessThan(5)
  expect(countTokens('東京都三鷹市の図書館')).toBe(10)
  expect(countTokens('ห้องสมุด library 図書館')).toBe(8 + exactly('library') + 3)
})
