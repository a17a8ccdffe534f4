import { z } from 'zod'

/**
 * A half-open range of UTF-16 indexes into one page's text:
 * `page.text.slice(range.start, range.end)`.
 */
export const textRange = z.object({ start: z.number().int(), end: z.number().int() }).readonly()
export type TextRange = z.infer<typeof textRange>

/** What a stretch of a page is. Blocks do not overlap and are in reading order. */
export const block = z
  .object({
    kind: z.enum(['heading', 'paragraph', 'list-item', 'code', 'table-row', 'quote']),
    start: z.number().int(),
    end: z.number().int(),
    /** Of a heading: 1 (outermost) to 6. */
    level: z.number().int().optional(),
    /**
     * Of a table row: its cells in order, three numbers each: the column (from 0), where the cell
     * starts, counted from the block's start, and its length.
     */
    cells: z.array(z.number().int()).readonly().optional(),
  })
  .readonly()
export type Block = z.infer<typeof block>

/** A table on a page: which blocks are its rows, and what its columns are called. */
export const table = z
  .object({
    /** Indexes into the page's blocks, the last one excluded. */
    from: z.number().int(),
    to: z.number().int(),
    /** The name of each column, blank where it has none; empty if the table has no headings. */
    columns: z.array(z.string()).readonly(),
    /** How many of the first rows are headings. */
    headings: z.number().int(),
  })
  .readonly()
export type Table = z.infer<typeof table>

/**
 * The text of a page as it was indexed. A format without pages is one page, number 1. A sentence that runs
 * over the end of a page belongs, as a whole, to the page where it begins.
 */
export const page = z
  .object({
    page: z.number().int().positive(),
    /** What is printed on it as its number, if that is known and differs from it: `iv`, `A-3`. */
    label: z.string().optional(),
    text: z.string(),
    blocks: z.array(block).readonly(),
    /** In order; absent where there is none, or in a text that was read by an earlier version. */
    tables: z.array(table).readonly().optional(),
  })
  .readonly()
export type Page = z.infer<typeof page>

/**
 * The position of a run of a page's text on the drawn page: left, top, width and height in points,
 * from the upper left corner of the page as it is shown (after its own rotation).
 */
export const run = z
  .object({
    start: z.number().int(),
    end: z.number().int(),
    /** The page that it is drawn on, if that is another: one that a sentence runs on to. */
    page: z.number().int().positive().optional(),
    box: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
  })
  .readonly()
export type Run = z.infer<typeof run>

/** A sentence ends on the page where it begins, or on one of this many that follow. */
export const farthestEnd = 4

/** The geometry of a drawn page, for formats that have one. Width and height in points. */
export const pageLayout = z
  .object({
    page: z.number().int().positive(),
    width: z.number(),
    height: z.number(),
    runs: z.array(run).readonly(),
  })
  .readonly()
export type PageLayout = z.infer<typeof pageLayout>

/** Characters of the longest block that counts as a heading: longer ones are body text in disguise. */
export const longestHeading = 160
