import type { ViewerPage } from './documentPages.ts'

/** The horizontal extent of the text on pages, as shares of the width: 0 left, 1 right. */
export interface TextExtent {
  readonly left: number
  readonly right: number
}

/** Width in pixels below which a whole page is too small to read. */
const enoughWidth = 600
const mostZoom = 1.6
/** Margin beside the text, as a share of the page's width. */
const margin = 0.025

/** The narrowest extent that contains all text of the given pages. */
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
 * Width of a page relative to the viewer's. In a narrow viewer the text fills the width and the
 * margins are cut off; otherwise it would be too small to read.
 */
export function readableZoom({ left, right }: TextExtent, width: number): number {
  if (width >= enoughWidth) return 1
  return Math.min(mostZoom, Math.max(1, 1 / (right - left + 2 * margin)))
}

/** Pixels that a page is shifted to the left, so that its text is centred. */
export function textOffset({ left, right }: TextExtent, pageWidth: number, width: number): number {
  return left * pageWidth - (width - (right - left) * pageWidth) / 2
}
