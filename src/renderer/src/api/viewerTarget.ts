/** Where to open a document: at a range of a page or, without a quote, at its start. */
export interface ViewerTarget {
  readonly documentId: string
  /** Id of the content that the range refers to. */
  readonly contentId: string
  readonly page: number
  readonly start: number
  readonly end: number
  readonly quote: string
}
