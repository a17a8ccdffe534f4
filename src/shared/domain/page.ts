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
  })
  .readonly()
export type Block = z.infer<typeof block>

/** The text of a page as it was indexed. A format without pages is one page, number 1. */
export const page = z
  .object({
    page: z.number().int().positive(),
    text: z.string(),
    blocks: z.array(block).readonly(),
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
    box: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
  })
  .readonly()
export type Run = z.infer<typeof run>

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
