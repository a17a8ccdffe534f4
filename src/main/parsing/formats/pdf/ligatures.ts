import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The signs that a page draws for letters that are written from right to left. */
export interface Ligatures {
  /**
   * Brings the letters of ligatures into their order.
   *
   * @param text as pdf.js hands it out; texts have to come in the order in which they are drawn.
   * @param rightToLeft whether its last word was drawn first.
   * @returns a text of the same letters.
   */
  restore(text: string, rightToLeft: boolean): string
}

const letters = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
const word = /[\p{Script=Arabic}\p{Script=Hebrew}\p{M}]+/gu
const pointed = /^[^\p{M}]*\p{M}/u
const pointBeforeLetter = /^\p{M}+\p{L}/u
/** The only letters of a ligature that fonts name in the order in which they are seen. */
const seenOrder = /^[اأإآ]ل$/u
const noLigatures: Ligatures = { restore: (text) => text }

export function isTurnedAround(text: string): boolean {
  return letters.test(text)
}

/**
 * pdf.js turns Arabic and Hebrew around letter by letter, and the letters of a ligature with it: سلام, of
 * which لا is one sign, becomes سالم, which is another word. Only the signs say which one it is.
 */
export async function readLigatures(page: PDFPageProxy): Promise<Ligatures> {
  const signs = await readSigns(page)
  if (!signs.some((sign) => sign.length > 1)) return noLigatures
  const starts: number[] = []
  let drawn = ''
  for (const sign of signs) {
    starts.push(drawn.length)
    drawn += sign
  }
  const indexAt = new Map(starts.map((start, index) => [start, index]))
  indexAt.set(drawn.length, signs.length)
  let from = 0

  /** The word as its signs spell it, at a place where it is drawn; null if it isn't drawn there. */
  function spelled(seen: string, at: number): string | null {
    const [first, end] = [indexAt.get(at), indexAt.get(at + seen.length)]
    if (at < 0 || first === undefined || end === undefined) return null
    return signs.slice(first, end).map(inOrder).reverse().join('')
  }

  return {
    restore(text, rightToLeft) {
      const words = [...text.matchAll(word)]
      let restored = text
      for (const { 0: found, index } of rightToLeft ? words.reverse() : words) {
        const seen = turned(found)
        const next = drawn.indexOf(seen, from)
        const at = next < 0 ? drawn.indexOf(seen) : next
        if (next >= 0) from = next + seen.length
        const whole = spelled(seen, at) ?? found
        restored = restored.slice(0, index) + whole + restored.slice(index + found.length)
      }
      return restored
    },
  }
}

/**
 * Brings points behind the letters that they are above or below. Some programs draw a letter before its
 * points, so that in text that is turned around they are before it; then most pointed words begin with one.
 *
 * @param texts of a page.
 */
export function withPointsAfter(texts: readonly string[]): readonly string[] {
  const words = texts.flatMap((text) => text.match(word) ?? []).filter((one) => pointed.test(one))
  const wrong = words.filter((one) => pointBeforeLetter.test(one)).length
  if (wrong * 3 <= words.length) return texts
  return texts.map((text) => text.replace(word, (one) => one.replace(/(\p{M}+)(\p{L})/gu, '$2$1')))
}

/** What each such sign means, in the order of drawing; what is between two words is a blank. */
async function readSigns(page: PDFPageProxy): Promise<readonly string[]> {
  const { AnnotationMode, OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const { fnArray, argsArray } = await page.getOperatorList({
    annotationMode: AnnotationMode.DISABLE,
  })
  const signs: string[] = []
  fnArray.forEach((operation, at) => {
    if (operation !== OPS.showText) return
    const [glyphs] = argsArray[at] as readonly [readonly (GlyphSign | number | null)[]]
    for (const glyph of glyphs) {
      if (glyph === null || typeof glyph === 'number') continue
      signs.push(
        isTurnedAround(glyph.unicode) || /^\p{M}+$/u.test(glyph.unicode) ? glyph.unicode : ' ',
      )
    }
  })
  return signs
}

interface GlyphSign {
  readonly unicode: string
}

function inOrder(sign: string): string {
  return seenOrder.test(sign) ? turned(sign) : sign
}

function turned(text: string): string {
  return Array.from(text).reverse().join('')
}
