import { expect, it } from 'vitest'
import { formats } from '../../../src/main/parsing/formats/registry.ts'
import { kindsInWords } from '../../../src/shared/domain/kindsInWords.ts'

it('names each kind once, in the order of the formats', () => {
  const kinds = ['spreadsheets', 'PDF', 'spreadsheets', 'plain text'].map((kind) => ({ kind }))
  expect(kindsInWords(kinds)).toBe('spreadsheets, PDF and plain text')
  expect(kindsInWords([])).toBe('')
  expect(kindsInWords(formats)).toMatch(/^PDF, Word, .*e-mail.* and plain text$/u)
})
