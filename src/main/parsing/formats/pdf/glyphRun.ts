import type { Run } from '../../../../shared/domain/page.ts'

export type Box = Run['box']

/** A piece of text that was drawn in one operation, with its position on the page as shown. */
export interface GlyphRun {
  readonly text: string
  /** Left, top, width, height in points. */
  readonly box: Box
  /** Direction of writing in quarter turns clockwise: 0 is left to right as usual. */
  readonly turns: number
  /** Begin and end along the direction of writing, baseline across it (growing downwards). */
  readonly from: number
  readonly to: number
  readonly baseline: number
  /** Font size in points. */
  readonly size: number
  readonly font: string
  readonly rightToLeft: boolean
  /** Whether its font is one for writing downwards, as in Chinese and Japanese. */
  readonly isVertical: boolean
}
