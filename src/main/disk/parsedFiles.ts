/** The files that the parser writes into the folder of a document, all of JSON lines. */
export const parsedFiles = {
  /** Its pages. */
  text: 'text.jsonl',
  /** Where the text of a page is drawn; only for formats that can be drawn. */
  layout: 'layout.jsonl',
  /** Its passages, until they are kept for an index (see `passagesFile`). */
  chunks: 'chunks.jsonl',
} as const
