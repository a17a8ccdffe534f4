import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { insertRuns, readAnnotations } from './annotations.ts'
import type { Box, GlyphRun } from './glyphRun.ts'
import { isTurnedAround, readLigatures, withPointsAfter } from './ligatures.ts'
import { withoutWideSpacing } from './wideLetters.ts'

type Matrix = readonly [number, number, number, number, number, number]

export interface PageRuns {
  readonly width: number
  readonly height: number
  readonly runs: readonly GlyphRun[]
}

interface TextItem {
  readonly str: string
  readonly dir: string
  readonly width: number
  readonly height: number
  readonly transform: readonly number[]
  readonly fontName: string
}

interface TextStyle {
  readonly ascent: number
  readonly descent: number
  readonly vertical: boolean
}

/** Reads a page's text with its geometry, in the order in which it was drawn. */
export async function readPageRuns(page: PDFPageProxy): Promise<PageRuns> {
  const viewport = page.getViewport({ scale: 1 })
  const content = await page.getTextContent({ disableNormalization: true })
  const styles = content.styles as Readonly<Record<string, TextStyle | undefined>>
  const items = await readItems(page, content.items)
  const runs: GlyphRun[] = []
  const seen = new Map<string, GlyphRun[]>()
  for (const item of items) {
    const run = toRun(item, styles[item.fontName], viewport.transform as unknown as Matrix)
    if (run.text.trim() === '') {
      runs.push(run)
      continue
    }
    if (isOutside(run.box, viewport.width, viewport.height) || isOverprint(run, seen)) continue
    runs.push(run)
  }
  const written = insertRuns(withoutWideSpacing(runs), await readAnnotations(page))
  return { width: viewport.width, height: viewport.height, runs: written }
}

/** Pieces of text, with the letters of each word in their order. */
async function readItems(
  page: PDFPageProxy,
  content: readonly (TextItem | object)[],
): Promise<readonly TextItem[]> {
  const items = content.filter((item): item is TextItem => 'str' in item && item.str !== '')
  // Few pages are written from right to left; of the others the signs are not looked at.
  if (!items.some(({ str }) => isTurnedAround(str))) return items
  const ligatures = await readLigatures(page)
  const texts = items.map(({ str, dir }) => ligatures.restore(str, dir === 'rtl'))
  const ordered = withPointsAfter(texts)
  return items.map((item, at) => ({ ...item, str: ordered[at] ?? item.str }))
}

function toRun(item: TextItem, style: TextStyle | undefined, view: Matrix): GlyphRun {
  const [a, b, c, d, e, f] = multiply(view, item.transform as unknown as Matrix)
  const vertical = style?.vertical === true
  const size = Math.hypot(c, d) || Math.hypot(a, b)
  const length = vertical ? item.height : item.width
  const angle = Math.atan2(b, a) + (vertical ? Math.PI / 2 : 0)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const ascent = vertical ? 0.5 : usable(style?.ascent, 0.8)
  const descent = vertical ? -0.5 : usable(style?.descent, -0.2)
  const turns = ((Math.round(angle / (Math.PI / 2)) % 4) + 4) % 4
  const [ux, uy] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ][turns] as [number, number]
  const from = e * ux + f * uy
  // The four corners: along the writing by its length, across it by ascent and descent.
  const xs: number[] = []
  const ys: number[] = []
  for (const along of [0, length]) {
    for (const up of [ascent, descent]) {
      xs.push(e + along * cos + up * size * sin)
      ys.push(f + along * sin - up * size * cos)
    }
  }
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return {
    text: readable(item.str),
    box: [left, top, Math.max(...xs) - left, Math.max(...ys) - top],
    turns,
    from,
    to: from + length,
    baseline: f * ux - e * uy,
    size,
    font: item.fontName,
    rightToLeft: item.dir === 'rtl',
    isVertical: vertical,
  }
}

function usable(value: number | undefined, otherwise: number): number {
  return value === undefined || !Number.isFinite(value) || value === 0 ? otherwise : value
}

function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ]
}

/**
 * The letters lam and alef are drawn as one sign, whose two letters pdf.js turns around. After another
 * alef that is certain: no word has two in a row.
 */
const lamAlef = /ا([اأإآ])ل/gu

/**
 * Letters as one types them: ligatures and Arabic presentation forms fall apart into the letters
 * that they show, signs of vertical writing become the usual ones (NFKC of just these; more would turn
 * x² into x2).
 */
function readable(text: string): string {
  return text
    .replace(/[\uFB00-\uFDFF\uFE10-\uFE19\uFE30-\uFE48\uFE70-\uFEFC]/g, (form) =>
      form.normalize('NFKC'),
    )
    .replace(lamAlef, 'ال$1')
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F]/g, ' ')
    .replace(/[\u200B\u2060\uFEFF]/g, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
}

function isOutside([left, top, width, height]: Box, pageWidth: number, pageHeight: number) {
  return left > pageWidth || top > pageHeight || left + width < 0 || top + height < 0
}

/**
 * Whether the same text was already drawn (nearly) there: some files print text twice to make it
 * bold.
 */
function isOverprint(run: GlyphRun, seen: Map<string, GlyphRun[]>): boolean {
  const same = seen.get(run.text) ?? []
  const near = run.size * 0.2
  const again = same.some(
    (other) =>
      Math.abs(other.from - run.from) < near && Math.abs(other.baseline - run.baseline) < near,
  )
  if (!again) seen.set(run.text, [...same, run])
  return again
}
