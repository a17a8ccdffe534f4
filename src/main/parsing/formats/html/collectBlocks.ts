import type { LeftOutKind } from '../../../../shared/domain/leftOut.ts'
import { oneLine } from '../../../../shared/domain/oneLine.ts'
import { columnSpan, rowSpan } from '../../grid/writtenTable.ts'
import type { TextBlock } from '../textBlock.ts'
import { shiftedText } from '../raisedText.ts'
import { createStruckText, type StruckText } from '../struckText.ts'
import { countReversed, isReversed, newList, nextMark, type List } from './lists.ts'
import { createBlockWriter, longestDatum, type BlockWriter } from './blockWriter.ts'
import type { CellShape } from './openTables.ts'
import { readTags } from './readTags.ts'
import { createSkippedHtml, hasContent, type SkippedHtml } from './skippedHtml.ts'
import {
  blockTags,
  cellTags,
  tableTags,
  unreadElement,
  headingLevel,
  isHidden,
  isStruck,
  isTick,
  isNoteMark,
  skippedTags,
  type Attributes,
} from './tags.ts'

export interface HtmlText {
  /** What the document calls itself; blank if it does not. */
  readonly title: string
  readonly blocks: readonly TextBlock[]
  /** Pictures, recordings and pages within it, an item each. */
  readonly leftOut: readonly LeftOutKind[]
}

/** The state of reading a document. */
interface Reading {
  readonly writer: BlockWriter
  readonly skipped: SkippedHtml
  readonly leftOut: LeftOutKind[]
  readonly struck: StruckText
  readonly lists: List[]
  /** Items of the lists that count down and are not open yet. */
  readonly reversedLists: number[]
  /** Items of the list that opens now, if it counts down. */
  countedItems: number
  /** Level of the open heading; 0: none. */
  heading: number
  /** Bullet or number of the open list item, until it is written. */
  marker: string
  /** How many of these are open. */
  quotes: number
  pre: number
  /** The rows are headings. */
  inHead: boolean
  title: string
  inTitle: boolean
  /** The open element whose text is above or below the line, and that text. */
  shifted: { readonly name: string; text: string } | null
}

/**
 * Reads the text of HTML in one pass, without a tree: neither deep nesting nor size can make it
 * slow. Scripts, styles, navigation and what is hidden are left out; nothing is fetched.
 */
export function collectBlocks(html: string, { xml = false } = {}): HtmlText {
  const leftOut: LeftOutKind[] = []
  const reading: Reading = {
    writer: createBlockWriter(),
    skipped: createSkippedHtml(),
    leftOut,
    struck: createStruckText(() => leftOut.push('struck-text')),
    lists: [],
    reversedLists: countReversed(html, xml),
    countedItems: 1,
    heading: 0,
    marker: '',
    quotes: 0,
    pre: 0,
    inHead: false,
    title: '',
    inTitle: false,
    shifted: null,
  }
  const listener = {
    open: (name: string, attributes: Attributes) => open(reading, name, attributes),
    close: (name: string) => close(reading, name),
    text: (content: string) => addText(reading, content),
  }
  readTags(html, listener, xml)
  endShifted(reading)
  reading.writer.dissolveRows()
  flush(reading)
  const title = oneLine(reading.title)
  return { title, blocks: reading.writer.blocks, leftOut }
}

/** What is left out because it is no longer so. */
export function outdatedText({ leftOut }: HtmlText): readonly LeftOutKind[] {
  return leftOut.filter((kind) => kind === 'deleted-text' || kind === 'struck-text')
}

function open(reading: Reading, name: string, attributes: Attributes): void {
  const { writer, skipped } = reading
  if (isReversed(name, attributes)) reading.countedItems = reading.reversedLists.shift() ?? 1
  if (skipped.isOpen() && skipped.opened(name)) return
  const unread = isHidden(attributes) ? null : unreadElement(name, attributes)
  if (unread !== null) reading.leftOut.push(unread)
  if (skippedTags.has(name) || (isHidden(attributes) && hasContent(name))) {
    skipped.begin(name)
    return
  }
  if (isStruck(name, attributes) && skipStruck(reading, name, attributes)) return
  if (isTick(name, attributes)) reading.struck.tick()
  if (isLine(name)) {
    reading.struck.endLine()
    endShifted(reading)
  }
  const level = headingLevel(name)
  if (name === 'title') reading.inTitle = true
  else if (name === 'sup' || name === 'sub' || isNoteMark(name, attributes)) {
    beginShifted(reading, name)
  } else if (name === 'br') writer.write('\n')
  else if (name === 'tr') {
    if (!writer.inCell) flush(reading)
    writer.openRow()
  } else if (cellTags.has(name)) {
    writer.openCell(shapeOf(name, attributes, reading.inHead))
  } else if (name === 'table') {
    reading.inHead = false
    if (!writer.inCell) flush(reading)
    writer.openTable()
  } else if (level > 0) {
    leaveTable(reading)
    flush(reading)
    reading.heading = level
  } else if (blockTags.has(name)) openBlock(reading, name, attributes)
}

/** Whether it begins a line, a cell or a row. */
function isLine(name: string): boolean {
  return blockTags.has(name) || cellTags.has(name) || tableTags.has(name) || headingLevel(name) > 0
}

/** @returns whether the element is left out; of one in a list or a table its place is kept. */
function skipStruck(reading: Reading, name: string, attributes: Attributes): boolean {
  const { writer, struck, skipped } = reading
  if (isLine(name)) struck.endLine()
  if (!hasContent(name) || !struck.leavesOut(writer.tail)) return false
  endShifted(reading)
  if (cellTags.has(name)) writer.openCell(shapeOf(name, attributes, reading.inHead))
  else if (name === 'li') nextMark(reading.lists.at(-1), attributes.value)
  else if (!writer.inCell && isLine(name)) flush(reading)
  else if (blockTags.has(name)) writer.write('\n')
  skipped.begin(name)
  return true
}

function shapeOf(name: string, { colspan, rowspan }: Attributes, inHead: boolean): CellShape {
  return {
    columns: columnSpan(colspan),
    rows: rowSpan(rowspan),
    isHeading: name === 'th' || inHead,
  }
}

function openBlock(reading: Reading, name: string, attributes: Attributes): void {
  const { writer, lists } = reading
  if (writer.inCell && writer.pending > longestDatum) leaveTable(reading)
  if (writer.inCell) writer.write('\n')
  else flush(reading)
  reading.heading = 0
  if (name === 'thead') reading.inHead = true
  if (name === 'pre') reading.pre += 1
  else if (name === 'blockquote') reading.quotes += 1
  else if (name === 'ul' || name === 'ol')
    lists.push(newList(name, attributes, reading.countedItems))
  else if (name === 'li') openItem(reading, attributes.value)
}

function openItem(reading: Reading, value: string | undefined): void {
  const mark = nextMark(reading.lists.at(-1), value)
  if (reading.writer.inCell) reading.writer.write(mark)
  else reading.marker = mark
}

function close(reading: Reading, name: string): void {
  const { writer, skipped } = reading
  if (skipped.isOpen() && skipped.closed(name)) return
  if (blockTags.has(name) || cellTags.has(name) || tableTags.has(name)) {
    endShifted(reading)
  }
  if (isLine(name)) reading.struck.endLine()
  if (name === 'title') reading.inTitle = false
  else if (name === reading.shifted?.name) endShifted(reading)
  else if (name === 'tr') writer.closeRow()
  else if (cellTags.has(name)) writer.closeCell()
  else if (name === 'table') {
    if (!writer.inCell) flush(reading)
    writer.closeTable()
  } else if (headingLevel(name) > 0) {
    flush(reading)
    reading.heading = 0
  } else if (blockTags.has(name)) closeBlock(reading, name)
}

function closeBlock(reading: Reading, name: string): void {
  if (reading.writer.inCell) reading.writer.write('\n')
  else flush(reading)
  if (name === 'thead') reading.inHead = false
  if (name === 'pre') reading.pre = Math.max(0, reading.pre - 1)
  else if (name === 'blockquote') reading.quotes = Math.max(0, reading.quotes - 1)
  else if (name === 'ul' || name === 'ol') reading.lists.pop()
  else if (name === 'li') reading.marker = ''
}

function addText(reading: Reading, content: string): void {
  if (reading.skipped.isOpen()) return
  if (content.trim() !== '') reading.struck.plain()
  if (reading.inTitle) reading.title += content
  else if (reading.shifted !== null) reading.shifted.text += content.replace(/\s+/g, ' ')
  else reading.writer.write(reading.pre > 0 ? content : content.replace(/\s+/g, ' '))
}

function beginShifted(reading: Reading, name: string): void {
  endShifted(reading)
  reading.shifted = { name, text: '' }
}

function endShifted(reading: Reading): void {
  const { shifted, writer } = reading
  reading.shifted = null
  if (shifted === null) return
  writer.write(
    shiftedText(shifted.text, shifted.name === 'sub' ? 'lowered' : 'raised', writer.last),
  )
}

/** Ends the pending text as a block of the kind that is open. */
function flush(reading: Reading): void {
  const { writer, heading, marker, lists } = reading
  if (reading.pre > 0) writer.end('code')
  else if (heading > 0) writer.end('heading', { level: heading })
  else if (marker !== '' || lists.length > 0) {
    if (writer.end('list-item', { marker })) reading.marker = ''
  } else writer.end(reading.quotes > 0 ? 'quote' : 'paragraph')
}

/** The table lays out a page: its cells are read as paragraphs. */
function leaveTable(reading: Reading): void {
  if (!reading.writer.inCell) return
  reading.writer.dissolveRows()
  flush(reading)
}
