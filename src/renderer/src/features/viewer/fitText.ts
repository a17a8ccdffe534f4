import type { ViewerPage } from './documentPages.ts'

/** Where the text of pages lies between their edges, as shares of the width: 0 left, 1 right. */
export interface TextExtent {
  readonly left: number
  readonly right: number
}

/** Pixels under which a page is too small to read as a whole. */
const enoughWidth = 600
const mostZoom = 1.6
/** Share of the page's width that stays free beside the text. */
const margin = 0.025

/** The narrowest strip that holds all text of the given pages. */
export function textExtent(pages: Iterable<ViewerPage>): TextExtent {
  let left = 1
  let right = 0
  for (const { layout } of pages) {
    if (layout === null || layout.width <= 0) continue
    for (const { box } of layout.runs) {
      left = Math.min(left, Math.max(0, box[0] / layout.width))
      right = Math.max(right, Math.min(1, (box[0] + box[2]) / layout.width))
    }
  }
  return left < right ? { left, right } : { left: 0, right: 1 }
}

/**
 * How much larger than the viewer's width a page is to be drawn: in a narrow viewer the text fills
 * it and the margins are cut off, else the letters would be too small to read.
 */
export function readableZoom({ left, right }: TextExtent, width: number): number {
  if (width >= enoughWidth) return 1
  return Math.min(mostZoom, Math.max(1, 1 / (right - left + 2 * margin)))
}

/** Pixels by which a page's left edge lies left of the viewer's, so that the text is centred. */
export function textOffset({ left, right }: TextExtent, pageWidth: number, width: number): number {
  return left * pageWidth - (width - (right - left) * pageWidth) / 2
}
