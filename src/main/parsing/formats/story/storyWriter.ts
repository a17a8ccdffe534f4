import type { CellShape } from '../html/openTables.ts'
import type { TextBlock } from '../textBlock.ts'
import {
  closeParagraph,
  endFlow,
  newFlow,
  openParagraph,
  writeText,
  type Flow,
  type ParagraphProperties,
  type ParagraphTraits,
} from './flow.ts'
import type { Numberer } from './numberer.ts'

export interface StoryWriter {
  openParagraph(): void
  /** Of the open paragraph; what is set after its first text has no effect. */
  readonly properties: ParagraphProperties | null
  write(text: string): void
  /** The last character that was written; blank at the start of a paragraph. */
  readonly last: string
  /** Some more of what was written last. */
  readonly tail: string
  /** Records that there is a page number here, which is not written. */
  skipPageNumber(): void
  closeParagraph(): void
  openTable(): void
  closeTable(): void
  openRow(): void
  closeRow(): void
  /** Adds to what is known of the open cell. */
  shapeCell(shape: CellShape): void
  closeCell(): void
  /** A text box is inside a paragraph and is written after it. */
  openBox(): void
  closeBox(): void
  /** Blocks to write after the current paragraph or table. */
  addLater(blocks: readonly TextBlock[]): void
  /** What was written since the last time. */
  take(): readonly TextBlock[]
}

/** What is being written. */
interface Story {
  /** What is finished and not taken yet. */
  readonly blocks: TextBlock[]
  /** The flow that is written, and around it those of open text boxes. */
  flow: Flow
  readonly outer: Flow[]
  /** Blocks that follow the current paragraph or table. */
  readonly later: TextBlock[]
}

/** Makes blocks of paragraphs, with the numbers and headings that their styles and lists give them. */
export function createStoryWriter(
  traitsOf: (styleId: string | null) => ParagraphTraits,
  numberer: Numberer,
): StoryWriter {
  const styles = { traitsOf, numberer }
  const story: Story = { blocks: [], flow: newFlow(), outer: [], later: [] }
  return {
    openParagraph: () => openParagraph(story.flow),
    get properties() {
      return story.flow.paragraph
    },
    write: (text) => writeText(story.flow, styles, text),
    get last() {
      return story.flow.writer.last
    },
    get tail() {
      return story.flow.writer.tail
    },
    skipPageNumber() {
      const { paragraph } = story.flow
      if (paragraph !== null) paragraph.hasPageNumber = true
    },
    closeParagraph() {
      if (closeParagraph(story.flow, styles)) drain(story)
    },
    openTable() {
      story.flow.tables += 1
      story.flow.writer.openTable()
    },
    closeTable: () => closeTable(story),
    openRow: () => story.flow.writer.openRow(),
    closeRow: () => story.flow.writer.closeRow(),
    shapeCell: (shape) => story.flow.writer.shapeCell(shape),
    closeCell: () => story.flow.writer.closeCell(),
    openBox() {
      story.outer.push(story.flow)
      story.flow = newFlow()
    },
    closeBox: () => closeBox(story),
    addLater(more) {
      story.later.push(...more)
      if (story.flow.paragraph === null) drain(story)
    },
    take() {
      endFlow(story.flow)
      drain(story)
      return story.blocks.splice(0)
    },
  }
}

function closeTable(story: Story): void {
  const { flow } = story
  flow.writer.closeTable()
  flow.tables = Math.max(0, flow.tables - 1)
  drain(story)
}

function closeBox(story: Story): void {
  const around = story.outer.pop()
  if (around === undefined) return
  endFlow(story.flow)
  story.later.push(...story.flow.writer.blocks)
  story.flow = around
}

/** Takes over the blocks that are finished, and after a paragraph or table what has to follow it. */
function drain({ blocks, flow, outer, later }: Story): void {
  if (outer.length > 0) return
  for (const block of flow.writer.blocks.slice(flow.taken)) blocks.push(block)
  flow.taken = flow.writer.blocks.length
  if (flow.tables === 0) blocks.push(...later.splice(0))
}
