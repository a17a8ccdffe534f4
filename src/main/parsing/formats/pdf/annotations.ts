import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { oneLine } from '../../../../shared/domain/oneLine.ts'
import type { GlyphRun } from './glyphRun.ts'

/** What of an annotation is read (ISO 32000-1, 12.5 and 12.7). */
interface Annotation {
  readonly subtype?: string
  readonly annotationFlags?: number
  readonly rect?: readonly number[]
  readonly fieldType?: string
  readonly fieldValue?: unknown
  readonly checkBox?: boolean
  readonly radioButton?: boolean
  readonly buttonValue?: unknown
  readonly exportValue?: unknown
  readonly password?: boolean
  readonly contentsObj?: { readonly str?: string }
  readonly titleObj?: { readonly str?: string }
}

/** Flags of annotations that are not shown: hidden, or not in a view. */
const notShown = 2 | 32

/**
 * What was filled in or written onto a page after it was made: the values of form fields, text that
 * was typed onto the page, and comments, each as if it had been drawn where it is shown.
 */
export async function readAnnotations(page: PDFPageProxy): Promise<readonly GlyphRun[]> {
  const viewport = page.getViewport({ scale: 1 })
  const annotations = (await page.getAnnotations()) as readonly Annotation[]
  const runs: GlyphRun[] = []
  for (const annotation of annotations) {
    const text = said(annotation)
    const { rect } = annotation
    if (text === '' || rect?.length !== 4) continue
    if (((annotation.annotationFlags ?? 0) & notShown) !== 0) continue
    const corners = viewport.convertToViewportRectangle([...rect])
    runs.push(...placed(text, corners, annotation.subtype === 'FreeText'))
  }
  return runs
}

function said(annotation: Annotation): string {
  const { subtype, contentsObj, titleObj } = annotation
  const contents = (contentsObj?.str ?? '').trim()
  switch (subtype) {
    case 'Widget':
      return fieldText(annotation)
    case 'FreeText':
      return contents
    case undefined:
    case 'Link':
    case 'Popup':
      return ''
    default: {
      const author = (titleObj?.str ?? '').trim()
      if (contents === '') return ''
      return author === '' ? `Comment: ${contents}` : `Comment by ${author}: ${contents}`
    }
  }
}

function fieldText(annotation: Annotation): string {
  const { fieldType, fieldValue, checkBox, radioButton, buttonValue, exportValue } = annotation
  if (annotation.password === true) return ''
  if (fieldType === 'Btn') {
    if (checkBox !== true && radioButton !== true) return ''
    const own = radioButton === true ? buttonValue : exportValue
    return typeof fieldValue === 'string' && fieldValue === own && fieldValue !== 'Off'
      ? '[x]'
      : '[ ]'
  }
  const values = Array.isArray(fieldValue) ? (fieldValue as readonly unknown[]) : [fieldValue]
  return values
    .filter((value) => typeof value === 'string')
    .join(', ')
    .trim()
}

/** Of text in a box of its own, in points: large enough to be read, small enough for its lines. */
const usualSize = 11
const lineHeight = 1.3

function placed(text: string, corners: readonly number[], wraps: boolean): readonly GlyphRun[] {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = corners
  const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)]
  const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)]
  const lines = text.split(/\r\n?|\n/u).filter((line) => line.trim() !== '')
  const size = Math.min(usualSize, Math.max(4, (bottom - top) * 0.7))
  const isOne = lines.length === 1 && !wraps
  return lines.map((line, at): GlyphRun => {
    const baseline = isOne
      ? bottom - (bottom - top - size) / 2 - size * 0.2
      : top + size * (1 + at * lineHeight)
    return {
      text: oneLine(line),
      box: [left, top, right - left, bottom - top],
      ...{ turns: 0, from: left, to: right, baseline, size },
      font: 'annotation',
      rightToLeft: false,
      isVertical: false,
    }
  })
}

/** Puts each run after the text on its left that is on the same line, or at the end. */
export function insertRuns(
  runs: readonly GlyphRun[],
  added: readonly GlyphRun[],
): readonly GlyphRun[] {
  const all = [...runs]
  for (const run of added) {
    let label = -1
    let nearest = -Infinity
    for (const [at, one] of all.entries()) {
      const isBeside = one.turns === 0 && Math.abs(one.baseline - run.baseline) < run.size * 0.45
      if (isBeside && one.text.trim() !== '' && one.to <= run.from + 2 && one.to > nearest) {
        label = at
        nearest = one.to
      }
    }
    if (label < 0) all.push(run)
    else all.splice(label + 1, 0, run)
  }
  return all
}
