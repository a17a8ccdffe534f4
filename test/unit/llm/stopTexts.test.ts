import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStopTexts } from '../../../src/main/llm/host/stopTexts.ts'

function run(pieces: readonly string[], stops: readonly string[]) {
  const filter = createStopTexts(stops)
  const shown: string[] = []
  for (const piece of pieces) {
    shown.push(filter.push(piece))
    if (filter.stopped) break
  }
  shown.push(filter.flush())
  return { text: shown.join(''), stopped: filter.stopped }
}

test('a text ends before its first stop text, however it is cut into pieces', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 })
  const stops = fc.array(
    fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 1, maxLength: 3 }),
    { minLength: 1, maxLength: 3 },
  )
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 8 }), stops, (pieces, stopTexts) => {
      const whole = pieces.join('')
      const ends = stopTexts.map((stop) => whole.indexOf(stop)).filter((at) => at >= 0)
      const { text, stopped } = run(pieces, stopTexts)
      expect(stopped).toBe(ends.length > 0)
      if (ends.length === 0) expect(text).toBe(whole)
      else expect(whole.startsWith(text)).toBe(true)
      for (const stop of stopTexts) expect(text).not.toContain(stop)
    }),
  )
})

test('the beginning of a possible stop text is withheld, and shown if it is none', () => {
  const filter = createStopTexts(['\nInput:'])
  expect(filter.push('yes\nIn')).toBe('yes')
  expect(filter.push('deed')).toBe('\nIndeed')
  expect(filter.push('\nInput: next')).toBe('')
  expect(filter.stopped).toBe(true)
  expect(filter.flush()).toBe('')
})

test('withheld text is shown at the end', () => {
  const filter = createStopTexts(['###'])
  expect(filter.push('a##')).toBe('a')
  expect(filter.flush()).toBe('##')
})
