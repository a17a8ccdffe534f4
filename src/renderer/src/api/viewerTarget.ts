/** Where a document is to be opened: at a range of a page, or (without a quote) at its beginning. */
export interface ViewerTarget {
  readonly documentId: string
  /** Hash of the content that the range belongs to. */
  readonly contentId: string
  readonly page: number
  readonly start: number
  readonly end: number
  readonly quote: string
}
