import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

/**
 * Checking a page means decoding its pictures, so after this many pages the rest are assumed to be
 * the same.
 */
const pagesToLook = 6
/** Fewer strokes than this are rules and frames; text that is drawn as shapes has one a letter. */
const fewestStrokes = 20

/** Distinguishes pages with visible content from blank ones; called only for pages without text. */
export function createInkDetector(): (page: PDFPageProxy) => Promise<boolean> {
  let looked = 0
  let inked = 0
  return async (page) => {
    if (looked >= pagesToLook) return inked * 2 >= looked
    looked += 1
    const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs')
    const painting = new Set<number>([
      OPS.paintImageXObject,
      OPS.paintInlineImageXObject,
      OPS.paintImageMaskXObject,
      OPS.paintImageXObjectRepeat,
      OPS.paintInlineImageXObjectGroup,
      OPS.paintImageMaskXObjectGroup,
      OPS.paintImageMaskXObjectRepeat,
      OPS.paintSolidColorImageMask,
      OPS.shadingFill,
      OPS.showText,
    ])
    const { fnArray } = await page.getOperatorList()
    const strokes = fnArray.filter((operation) => operation === OPS.constructPath).length
    const hasInk = strokes >= fewestStrokes || fnArray.some((operation) => painting.has(operation))
    if (hasInk) inked += 1
    return hasInk
  }
}
