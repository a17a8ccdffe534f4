import type { Run } from '../../../../shared/domain/page.ts'

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
}
