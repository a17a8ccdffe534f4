import { createBlockWriter, longestDatum, type BlockWriter } from '../html/blockWriter.ts'
import type { Numberer } from './numberer.ts'

/** What a paragraph sets itself; null where its style decides. */
export interface ParagraphProperties {
  styleId: string | null
  listId: string | null
  listLevel: number | null
  /** 1 (outermost) to 9; 0 for body text. */
  outline: number | null
  /** Its end is deleted: the next paragraph continues it. */
  markDeleted: boolean
}

/** What a style sets for its paragraphs; null for what it leaves open. */
export interface ParagraphTraits {
  /** 1 (outermost) to 9; 0 for body text. */
  readonly outline: number | null
  readonly listId: string | null
  /** From 0. */
  readonly listLevel: number | null
  readonly isQuote: boolean
}

/** The paragraph that is being read. */
interface Paragraph extends ParagraphProperties {
  /** Whether some of its text was written. */
  begun: boolean
  hasPageNumber: boolean
  heading: number
  marker: string
  kind: 'paragraph' | 'list-item' | 'quote'
}

/** A flow of text; a text box has a separate one. */
export interface Flow {
  readonly writer: BlockWriter
  /** Blocks of the writer that were taken over. */
  taken: number
  /** Tables that are open. */
  tables: number
  paragraph: Paragraph | null
}

/** The styles and lists of a document. */
interface ParagraphStyles {
  readonly traitsOf: (styleId: string | null) => ParagraphTraits
  readonly numberer: Numberer
}

/** Shorter than this beside a page number is a label of it: `Page 3 of 7`, `Seite 3`. */
const pageLabel = 12

export function newFlow(): Flow {
  return { writer: createBlockWriter(), taken: 0, tables: 0, paragraph: null }
}

/** Ends what a damaged document leaves open. */
export function endFlow(flow: Flow): void {
  flow.writer.dissolveRows()
  flow.writer.end('paragraph')
  flow.tables = 0
}

/** Begins a paragraph, or continues one whose end was deleted. */
export function openParagraph(flow: Flow): void {
  if (flow.paragraph?.markDeleted === true) flow.paragraph.markDeleted = false
  else flow.paragraph = newParagraph()
}

/** Writes into the open paragraph, if there is one. */
export function writeText(flow: Flow, styles: ParagraphStyles, text: string): void {
  if (flow.paragraph === null) return
  begin(flow.paragraph, flow.writer, styles)
  flow.writer.write(text)
}

/** @returns whether the paragraph is written; one whose end is deleted waits for its continuation. */
export function closeParagraph(flow: Flow, styles: ParagraphStyles): boolean {
  const { paragraph, writer } = flow
  if (paragraph === null) return false
  if (paragraph.markDeleted) {
    if (!paragraph.begun) flow.paragraph = null
    return false
  }
  begin(paragraph, writer, styles)
  finish(paragraph, writer)
  flow.paragraph = null
  return true
}

/** Before the first text of a paragraph, or at its end: sets what it is, and its number. */
function begin(
  paragraph: Paragraph,
  writer: BlockWriter,
  { traitsOf, numberer }: ParagraphStyles,
): void {
  if (paragraph.begun) return
  paragraph.begun = true
  const style = traitsOf(paragraph.styleId)
  const listId = paragraph.listId ?? style.listId
  const level = paragraph.listLevel ?? style.listLevel ?? 0
  const number = listId === null || listId === '0' ? null : numberer.next(listId, level)
  paragraph.heading = Math.min(6, paragraph.outline ?? style.outline ?? 0)
  if (number !== null && number !== '') {
    paragraph.kind = 'list-item'
    if (paragraph.heading === 0 || number !== '-') paragraph.marker = `${number} `
  } else if (style.isQuote) paragraph.kind = 'quote'
  // A heading in a cell: the table lays out a page.
  if (paragraph.heading > 0 && writer.inCell) {
    writer.dissolveRows()
    writer.end('paragraph')
  }
  if (writer.inCell) writer.write(paragraph.marker)
}

function finish({ heading, marker, kind, hasPageNumber }: Paragraph, writer: BlockWriter): void {
  if (hasPageNumber && writer.pending <= pageLabel) writer.discard()
  if (writer.inCell && writer.pending > longestDatum) writer.dissolveRows()
  if (writer.inCell) writer.write('\n')
  else if (heading > 0) writer.end('heading', { level: heading, marker })
  else writer.end(kind, { marker })
}

function newParagraph(): Paragraph {
  return {
    styleId: null,
    listId: null,
    listLevel: null,
    outline: null,
    markDeleted: false,
    begun: false,
    hasPageNumber: false,
    heading: 0,
    marker: '',
    kind: 'paragraph',
  }
}
