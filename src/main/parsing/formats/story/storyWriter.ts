import {
  createBlockWriter,
  longestDatum,
  type BlockWriter,
  type TextBlock,
} from '../html/blockWriter.ts'
import type { Numberer } from './numberer.ts'

/** A paragraph as it says of itself; null where its style decides. */
export interface ParagraphProperties {
  styleId: string | null
  listId: string | null
  listLevel: number | null
  /** 1 (outermost) to 9; 0 for body text. */
  outline: number | null
  /** Its end is deleted: the next paragraph continues it. */
  markDeleted: boolean
}

/** What a style says of its paragraphs; null where nothing is said. */
export interface ParagraphTraits {
  /** 1 (outermost) to 9; 0 for body text. */
  readonly outline: number | null
  readonly listId: string | null
  /** From 0. */
  readonly listLevel: number | null
  readonly isQuote: boolean
}

export interface StoryWriter {
  openParagraph(): void
  /** Of the open paragraph; what is set after its first text has no effect. */
  readonly properties: ParagraphProperties | null
  write(text: string): void
  /** Records that there is a page number here, which is not written. */
  skipPageNumber(): void
  closeParagraph(): void
  openTable(): void
  closeTable(): void
  openRow(): void
  closeRow(): void
  closeCell(): void
  /** A text box is inside a paragraph and is written after it. */
  openBox(): void
  closeBox(): void
  /** Blocks to write after the current paragraph or table. */
  addLater(blocks: readonly TextBlock[]): void
  /** What was written since the last time. */
  take(): readonly TextBlock[]
}

interface Paragraph extends ParagraphProperties {
  begun: boolean
  hasPageNumber: boolean
  heading: number
  marker: string
  kind: 'paragraph' | 'list-item' | 'quote'
}

/** A flow of text; a text box has a separate one. */
interface Flow {
  readonly writer: BlockWriter
  /** Blocks of the writer that were taken over. */
  told: number
  tables: number
  paragraph: Paragraph | null
}

/** Shorter than this beside a page number is a label of it: `Page 3 of 7`, `Seite 3`. */
const pageLabel = 12

/** Makes blocks of paragraphs, with the numbers and headings that their styles and lists give them. */
export function createStoryWriter(
  traitsOf: (styleId: string | null) => ParagraphTraits,
  numberer: Numberer,
): StoryWriter {
  const blocks: TextBlock[] = []
  const outer: Flow[] = []
  let flow = newFlow()
  let later: TextBlock[] = []

  function drain(): void {
    if (outer.length > 0) return
    for (const block of flow.writer.blocks.slice(flow.told)) blocks.push(block)
    flow.told = flow.writer.blocks.length
    if (flow.tables > 0) return
    blocks.push(...later)
    later = []
  }

  /** The number of an item counts on as soon as something of it is shown. */
  function begin(paragraph: Paragraph): void {
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
    const { writer } = flow
    // A heading in a cell: the table lays out a page.
    if (paragraph.heading > 0 && writer.inCell) {
      writer.dissolveRows()
      writer.end('paragraph')
    }
    if (writer.inCell) writer.write(paragraph.marker)
  }

  function finish({ heading, marker, kind, hasPageNumber }: Paragraph): void {
    const { writer } = flow
    if (hasPageNumber && writer.pending <= pageLabel) writer.discard()
    if (writer.inCell && writer.pending > longestDatum) writer.dissolveRows()
    if (writer.inCell) writer.write('\n')
    else if (heading > 0) writer.end('heading', { level: heading, marker })
    else writer.end(kind, { marker })
  }

  return {
    openParagraph() {
      if (flow.paragraph?.markDeleted === true) flow.paragraph.markDeleted = false
      else flow.paragraph = newParagraph()
    },
    get properties() {
      return flow.paragraph
    },
    write(text) {
      if (flow.paragraph === null) return
      begin(flow.paragraph)
      flow.writer.write(text)
    },
    skipPageNumber() {
      if (flow.paragraph !== null) flow.paragraph.hasPageNumber = true
    },
    closeParagraph() {
      const { paragraph } = flow
      if (paragraph === null) return
      if (paragraph.markDeleted) {
        if (!paragraph.begun) flow.paragraph = null
        return
      }
      begin(paragraph)
      finish(paragraph)
      flow.paragraph = null
      drain()
    },
    openTable() {
      flow.tables += 1
      flow.writer.openTable()
    },
    closeTable() {
      flow.writer.closeTable()
      flow.tables = Math.max(0, flow.tables - 1)
      drain()
    },
    openRow: () => flow.writer.openRow(),
    closeRow: () => flow.writer.closeRow(),
    closeCell: () => flow.writer.closeCell(),
    openBox() {
      outer.push(flow)
      flow = newFlow()
    },
    closeBox() {
      const around = outer.pop()
      if (around === undefined) return
      end(flow)
      later.push(...flow.writer.blocks)
      flow = around
    },
    addLater(more) {
      later.push(...more)
    },
    take() {
      end(flow)
      drain()
      return blocks.splice(0)
    },
  }
}

/** Ends what a damaged document leaves open. */
function end(flow: Flow): void {
  flow.writer.dissolveRows()
  flow.writer.end('paragraph')
  flow.tables = 0
}

function newFlow(): Flow {
  return { writer: createBlockWriter(), told: 0, tables: 0, paragraph: null }
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
