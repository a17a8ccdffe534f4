/** A cell that stretches over others, all numbers from 0, the last row and column included. */
export interface Span {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/**
 * The cells of a sheet or a table as its file has them. Rows may differ in length; a cell that is
 * covered by a span is blank.
 */
export interface Grid {
  readonly rows: readonly (readonly string[])[]
  readonly spans: readonly Span[]
  /** Whether the file marks the row as one of headings (by an element, a style or bold letters). */
  readonly isMarked: (row: number) => boolean
}

/** A part of a grid, with carried labels: all rows have the same length. */
export interface Region {
  /** Of the grid, from 0. */
  readonly top: number
  readonly left: number
  readonly width: number
  readonly rows: readonly (readonly string[])[]
  /** Of spans that stretch over columns: where they begin and end, for each row that has some. */
  readonly wide: ReadonlyMap<number, readonly WideCell[]>
  /** Whether it only repeats a label that stretches over this row. */
  readonly isCarried: (row: number, column: number) => boolean
  /** Of `rows`, from 0. */
  readonly isMarked: (row: number) => boolean
}

/** Columns that one cell stretches over, counted in the region; the last one included. */
export interface WideCell {
  readonly from: number
  readonly to: number
}

export const noSpans: readonly Span[] = []
