import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { writePdf, type PdfText } from '../../../helpers/fixtures/writePdf.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

const size = 12
/** The font of the fixture has signs of one width. */
const signWidth = size / 2

async function read(texts: readonly PdfText[]) {
  const { pages, layouts } = await parseDocument('a.pdf', writePdf([{ texts }]))
  return { text: pages[0]?.text ?? '', runs: layouts[0]?.runs ?? [] }
}

/** Signs in reading order, drawn from left to right as they are seen. */
function fromRight(signs: readonly string[], x = 100): PdfText {
  return { x, y: 100, size, text: signs.join(''), signs: [...signs].reverse() }
}

describe('the letters of a sign', () => {
  test.each([
    ['of one letter each', ['س', 'ا', 'ل', 'م'], 'سالم'],
    ['lam and alef', ['س', 'لا', 'م'], 'سلام'],
    ['lam and alef, named as they are seen', ['س', 'ال', 'م'], 'سلام'],
    ['lam and alef, as a form', ['ﺳ', 'ﻼ', 'ﻡ'], 'سلام'],
    ['the two words on one page', ['س', 'لا', 'م', ' ', 'س', 'ا', 'ل', 'م'], 'سلام سالم'],
    ['the two words the other way', ['س', 'ا', 'ل', 'م', ' ', 'س', 'لا', 'م'], 'سالم سلام'],
    ['another ligature', ['في', ' ', 'لمح', 'ة'], 'في لمحة'],
    ['letters with marks', ['شَّ', 'ك', 'لًا'], 'شَّكلًا'],
    ['Hebrew with points', ['שׁ', 'ל', 'וֹ', 'ם'], 'שׁלוֹם'],
  ])('are in their order: %s', async (_what, signs, expected) => {
    const { text, runs } = await read([fromRight(signs)])
    expect(text).toBe(expected)
    expect(runs.map(({ start, end }) => text.slice(start, end)).join('')).toBe(expected)
  })

  it('are in their order in a line with Latin words and figures', async () => {
    const signs = ['A', 'n', 'n', 'a', ' ', ...['س', 'لا', 'م'].reverse(), ' ', '1', '2']
    const { text } = await read([{ x: 100, y: 100, size, text: '', signs }])
    expect(text.split(' ').sort()).toEqual(['12', 'Anna', 'سلام'])
  })

  it('are letters of their own in Latin', async () => {
    const signs = ['o', 'ffi', 'c', 'e', ' ', 'ﬁ', 't', ' ', 'ﬂ', 'y', ' ', 'ﬅ', 'op']
    const { text } = await read([{ x: 100, y: 100, size, text: '', signs }])
    expect(text).toBe('office fit fly stop')
  })

  it('are in their order in any text, however it is drawn', async () => {
    const sign = fc.constantFrom('س', 'م', 'ا', 'ل', 'لا', 'لأ', 'ﻼ', 'ﻹ', 'ب', 'لم', 'في')
    // No word begins so that it would read as another ligature: اال is لا after an alef.
    const word = fc
      .array(sign, { minLength: 2, maxLength: 6 })
      .filter((signs) => !/ا[اأإآ]/u.test(signs.join('').normalize('NFKC')))
    const words = fc.array(word, { minLength: 1, maxLength: 6 })
    const drawing = fc.constantFrom('line', 'words', 'words from the left')
    await fc.assert(
      fc.asyncProperty(words, drawing, async (all, how) => {
        let x = 520
        const placed = all.map((signs) => {
          x -= signs.length * signWidth
          const text = fromRight(signs, x)
          x -= size * 0.6
          return text
        })
        const line = fromRight(all.flatMap((signs, at) => (at === 0 ? signs : [' ', ...signs])))
        const ordered = how === 'words' ? placed : [...placed].reverse()
        const { text, runs } = await read(how === 'line' ? [line] : ordered)
        expect(text).toBe(all.map((signs) => signs.join('').normalize('NFKC')).join(' '))
        for (const { start, end } of runs) expect(text.slice(start, end).trim()).not.toBe('')
      }),
      { numRuns: 80 },
    )
  })
})

describe('points', () => {
  const shalom = ['ש', 'ָ', 'ל', 'ו', 'ֹ', 'ם']

  it('are after their letters, whether they are drawn before them or after', async () => {
    const { text } = await read([fromRight([...shalom, ' ', ...shalom])])
    expect(text).toBe('שָלוֹם שָלוֹם')
    const signs = ['ם', 'ו', 'ֹ', 'ל', 'ש', 'ָ']
    const { text: other } = await read([{ x: 100, y: 100, size, text: '', signs }])
    expect(other).toBe('שָלוֹם')
  })
})
