import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writePdf, type PdfPage, type PdfText } from '../../../helpers/fixtures/writePdf.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

async function textOf(...pages: readonly PdfPage[]): Promise<string> {
  const parsed = await parseDocument('a.pdf', writePdf(pages))
  return parsed.pages.map(({ text }) => text.replace(/\n+/gu, '\n')).join('\f')
}

const size = 12
/** The font of the fixture has letters of one width. */
const letterWidth = size / 2
const wordGap = size * 0.75
const rightEdge = 520

interface Word {
  readonly text: string
  readonly kind: 'R' | 'L' | 'D'
}

const isRight = (text: string): boolean => /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(text)

function wordOf(text: string): Word {
  return { text, kind: isRight(text) ? 'R' : /\p{L}/u.test(text) ? 'L' : 'D' }
}

/** Words as they follow one another from right to left: those of Latin letters among themselves do not. */
function shownOrder(words: readonly Word[]): readonly Word[] {
  const stretches: Word[][] = []
  for (const word of words) {
    const open = stretches.at(-1)
    const isWithin = open?.at(0)?.kind === 'L' && word.kind !== 'R'
    if (isWithin) open.push(word)
    else stretches.push([word])
  }
  return stretches.flatMap((stretch) => stretch.reverse())
}

/** The letters of a word from left to right, as they are seen. */
const shown = ({ text, kind }: Word): string =>
  kind === 'R' ? Array.from(text).reverse().join('') : text

type Drawing = 'line' | 'words from the right' | 'words from the left' | 'letters'

function drawnLine(
  words: readonly Word[],
  y: number,
  drawing: Drawing,
  edge = rightEdge,
): readonly PdfText[] {
  const order = shownOrder(words)
  let x = edge
  const placed = order.map((word): PdfText => {
    x -= word.text.length * letterWidth
    const at = { x, y, size, text: shown(word) }
    x -= wordGap
    return at
  })
  if (drawing === 'words from the right') return placed
  const fromLeft = [...placed].reverse()
  if (drawing === 'words from the left') return fromLeft
  if (drawing === 'letters') {
    return placed.flatMap((word) =>
      Array.from(word.text)
        .map((text, at) => ({ ...word, text, x: word.x + at * letterWidth }))
        .reverse(),
    )
  }
  return [{ x: x + wordGap, y, size, text: fromLeft.map(({ text }) => text).join(' ') }]
}

const drawings: readonly Drawing[] = ['line', 'words from the right', 'words from the left']
const line = (text: string, y: number, drawing: Drawing, edge?: number): readonly PdfText[] =>
  drawnLine(text.split(' ').map(wordOf), y, drawing, edge)

describe('a page that is read from the right', () => {
  const hebrew = [
    'הסאונה של המועדון פתוחה משנת 2019 בכל יום',
    'והמפתח שמור אצל הטבח Anna Berg בקומה 3',
    'Anna Berg Dane Hood Benno גם',
  ]

  it.each([...drawings, 'letters' as const])(
    'has its words in their order: %s',
    async (drawing) => {
      const texts = hebrew.flatMap((text, at) => line(text, 100 + at * 16, drawing))
      expect(await textOf({ texts })).toBe(hebrew.join(' '))
    },
  )

  it('begins with the right one of its columns', async () => {
    const column = (texts: readonly string[], edge: number) =>
      texts.flatMap((text, at) => line(text, 100 + at * 16, 'line', edge))
    const first = ['הבריכה מחוממת ממאי עד', 'סוף הסתיו והמים מוחלפים', 'בכל שבוע.']
    const second = ['הסאונה נסגרת בקיץ', 'ונפתחת שוב בסתיו לאחר', 'הניקוי הגדול.']
    const texts = [...column(second, 260), ...column(first, 520)]
    expect(await textOf({ texts })).toBe(`${first.join(' ')}\n${second.join(' ')}`)
  })

  it('has the cells of a row from right to left', async () => {
    const row = (cells: readonly string[], y: number) =>
      cells.flatMap((text, at) => line(text, y, 'line', rightEdge - at * 150))
    const texts = [
      ...row(['חדר גדול', '1,250', 'Anna'], 100),
      ...row(['מחסן קטן', '90', 'Lars'], 120),
    ]
    expect(await textOf({ texts })).toBe('חדר גדול | 1,250 | Anna\nמחסן קטן | 90 | Lars')
  })

  it.each([
    ['by their shape', 'תחתפנ (השדח) הנואסה', 'רגסנ 2) ףרוחב'],
    ['by what they mean', 'תחתפנ )השדח( הנואסה', 'רגסנ 2( ףרוחב'],
  ])('has brackets that open before they close, named %s', async (_how, one, other) => {
    const texts = [one, other].map((text, at) => ({ x: 100, y: 100 + at * 40, size, text }))
    expect(await textOf({ texts })).toBe('הסאונה (חדשה) נפתחת\nבחורף (2 נסגר')
  })

  it('has dates and ranges from left to right, whatever signs are between their figures', async () => {
    const digits = ['1403', '/', '09', '/', '19']
    let x = 300
    const date = digits.map((text) => {
      const at = { x, y: 100, size, text }
      x += text.length * size * 0.556 - (text === '/' ? size * 0.278 : 0)
      return at
    })
    const texts = [...line('תאריך הבקשה', 100, 'line'), ...date.reverse()]
    expect(await textOf({ texts })).toBe('תאריך הבקשה | 1403/09/19')
  })

  it('has the letters of lam and alef in their order where that is certain', async () => {
    expect(await textOf({ texts: [{ x: 300, y: 100, size, text: 'ةيجاتنلإا' }] })).toBe('الإنتاجية')
  })

  it('keeps every word in its place, however it was drawn', async () => {
    const right = fc.constantFrom('הסאונה', 'פתוחה', 'בכל', 'יום', 'של', 'המועדון', 'מפתח', 'قفل')
    const left = fc.constantFrom('Anna', 'Berg', 'pump', 'X200')
    const number = fc.constantFrom('2019', '3', '1,250', '17')
    const mostLetters = 'המועדון הסאונה פתוחה בכל יום'
    const part = fc.oneof(
      { weight: 5, arbitrary: right.map((one) => [one]) },
      { weight: 1, arbitrary: fc.array(left, { minLength: 1, maxLength: 2 }) },
      { weight: 1, arbitrary: number.map((one) => [one]) },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...drawings),
        async (parts, drawing) => {
          // Between letters from the right each stretch stands for itself.
          const words = ['הנה', ...parts.flatMap((one) => [...one, 'גם', 'כן'])]
          const text = words.join(' ')
          // With most letters from the left the page would be one that is read from the left.
          const below = line(mostLetters, 140, 'line')
          const texts = [...line(text, 100, drawing), ...below]
          expect(await textOf({ texts })).toBe(`${text}\n${mostLetters}`)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a page that is read from the left', () => {
  it.each(drawings.slice(1))('quotes words that are not in their order: %s', async (drawing) => {
    const quoted = drawnLine(['בכל', 'יום', 'פתוח'].map(wordOf), 100, drawing, 300)
    const texts = [
      { x: 72, y: 100, size, text: 'The sign of the club says' },
      ...quoted,
      { x: 310, y: 100, size, text: 'which is Hebrew for open every day' },
    ]
    expect(await textOf({ texts })).toMatch(/says(?: \|)? בכל יום פתוח which is/u)
  })
})

describe('a page that is written downwards', () => {
  const columns = [
    '港の倉庫は毎朝六時に開きます',
    'が鍵は管理人が持っています',
    '。見学は予約が必要です。',
  ]
  const column = (text: string, x: number, y = 100): PdfText => ({
    x,
    y,
    size,
    text,
    vertical: true,
  })

  it.each([
    ['from the right', [0, 1, 2]],
    ['from the left', [2, 1, 0]],
    ['in no order', [1, 2, 0]],
  ])('has its columns from right to left, drawn %s', async (_how, order) => {
    const texts = order.map((at) => column(columns[at] ?? '', 500 - at * 20))
    expect(await textOf({ texts })).toBe(columns.join(''))
  })

  it('has its upper half before its lower half', async () => {
    const half = (texts: readonly string[], y: number) =>
      texts.map((text, at) => column(text, 500 - at * 20, y))
    const upper = half(columns, 100)
    const lower = half(['次の段落は倉庫の', '話ではありません。'], 500)
    const texts = [...lower, ...upper]
    expect((await textOf({ texts })).replaceAll('\n', '')).toBe(
      `${columns.join('')}次の段落は倉庫の話ではありません。`,
    )
  })

  it('has its title first, and figures in the column in which they are', async () => {
    const texts = [
      column('港の倉庫は午前', 500),
      { x: 494, y: 100 + 8 * size, size, text: '10' },
      column('時に開きます', 500, 100 + 8 * size + 4),
      { x: 250, y: 60, size, text: '倉庫の案内' },
    ]
    expect(await textOf({ texts })).toBe('倉庫の案内\n港の倉庫は午前10時に開きます')
  })

  it('has the usual signs for those of vertical writing', async () => {
    expect(await textOf({ texts: [column('﹁開館﹂︑朝︒', 500)] })).toBe('「開館」、朝。')
  })
})

describe('lam and alef that are drawn as one sign', () => {
  it('are the two letters that one reads, wherever in a word they are', async () => {
    const forms = Array.from({ length: 8 }, (_, at) => String.fromCodePoint(0xfef5 + at))
    for (const [at, form] of forms.entries()) {
      const alef = ['آ', 'أ', 'إ', 'ا'][at >> 1] ?? ''
      const words = [`س${form}م`, `${form}م`, `مس${form}`]
      const texts = drawnLine(words.map(wordOf), 100, 'line')
      const expected = words.map((word) => word.replace(form, `ل${alef}`)).join(' ')
      expect(await textOf({ texts })).toBe(expected)
    }
  })
})
