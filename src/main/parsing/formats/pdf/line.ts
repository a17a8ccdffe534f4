import type { Run } from '../../../../shared/domain/page.ts'

/** A part of a line between wide gaps, as in a table: its text, and where it is along the line. */
export interface LineCell {
  readonly start: number
  readonly end: number
  readonly left: number
  readonly right: number
  /** Of its longest piece. */
  readonly font: string
}

/** A line of text; ranges of `runs` are indexes into `text`. */
export interface Line {
  readonly text: string
  readonly runs: readonly Run[]
  readonly turns: number
  readonly left: number
  readonly right: number
  readonly baseline: number
  /** Font size and font of most of its letters. */
  readonly size: number
  readonly font: string
  /** Whether wide gaps part it into cells, as in a table. */
  readonly hasCells: boolean
  /** Its cells, in order; one if no gap parts it. */
  readonly cells: readonly LineCell[]
}
