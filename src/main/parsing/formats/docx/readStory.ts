import { columnSpan } from '../../grid/writtenTable.ts'
import { shiftedText, type Shift } from '../raisedText.ts'
import { createStruckText, type StruckText } from '../struckText.ts'
import type { TextBlock } from '../textBlock.ts'
import type { Numberer } from '../story/numberer.ts'
import { createStoryWriter, type StoryWriter } from '../story/storyWriter.ts'
import type { XmlAttributes, XmlListener } from '../xml/readXml.ts'
import { createSkippedElement, type SkippedElement } from '../xml/skippedElement.ts'
import { createFields, type Fields } from './fields.ts'
import { createFormula, type Formula } from './formula.ts'
import { isOn, isStrike, outlineOf, type Styles } from './styles.ts'
import { symbolText } from './symbols.ts'

export type NoteKind = 'footnote' | 'endnote'

export interface Note {
  readonly mark: string
  readonly blocks: readonly TextBlock[]
}

export interface StoryContext {
  readonly styles: Styles
  readonly numberer: Numberer
  readonly comment: (id: string) => readonly TextBlock[]
  /** A footnote or an endnote, and its mark in the text; null if there is none. */
  readonly note: (kind: NoteKind, id: string) => Note | null
  /** What a diagram or another document says that is included; null if it isn't known. */
  readonly included: (id: string) => readonly TextBlock[] | null
  /** Called where text is left out that a person could read. */
  readonly onLeftOut: (what: 'deleted-text' | 'hidden-text' | 'struck-text') => void
  /** Leaves page numbers out, and paragraphs that consist of little else. */
  readonly dropPageNumbers: boolean
}

export interface Story extends XmlListener {
  /** What was read since the last time. */
  take(): readonly TextBlock[]
}

/** Elements whose content is not shown, or is shown elsewhere. */
const skippedNames = new Set([
  'del',
  'moveFrom',
  'delText',
  'delInstrText',
  'rt',
  'sdtPr',
  'binData',
])
/** Properties of paragraphs, runs and tables: they contain no text. */
const propertyNames = new Set([
  'pPr',
  'rPr',
  'tblPr',
  'trPr',
  'tcPr',
  'sectPr',
  'tblGrid',
  'tblPrEx',
])

interface OpenRow {
  deleted: boolean
  /** Its open cell was deleted. */
  cellDeleted: boolean
  /** It is repeated on each page. */
  isHeading: boolean
}

/** The state of reading a story. */
interface Reading {
  readonly context: StoryContext
  readonly writer: StoryWriter
  readonly fields: Fields
  readonly skipped: SkippedElement
  /** Open elements. */
  readonly path: string[]
  /** At which of them the properties of something began; otherwise infinite. */
  propertiesFrom: number
  /** Of each open choice between alternatives, whether one was taken. */
  readonly alternatives: boolean[]
  /** Open rows, one within a cell of another. */
  readonly rows: OpenRow[]
  /** The open run is not shown. */
  hidden: boolean
  readonly struck: StruckText
  /** The open run is struck through. */
  isStruck: boolean
  /** The open run is above or below the line. */
  shift: Shift | null
  readonly formula: Formula
}

/**
 * Reads a flow of text of a Word document: the body, a note, a header (ECMA-376, part 1). Deleted
 * text is left out, inserted text is read; text boxes, notes and comments follow the paragraph or
 * table that they belong to, so that they don't split a sentence.
 */
export function createStory(context: StoryContext): Story {
  const reading: Reading = {
    context,
    writer: createStoryWriter(context.styles.paragraph, context.numberer),
    fields: createFields(),
    skipped: createSkippedElement(),
    path: [],
    propertiesFrom: Infinity,
    alternatives: [],
    rows: [],
    hidden: false,
    struck: createStruckText(() => context.onLeftOut('struck-text')),
    isStruck: false,
    shift: null,
    formula: createFormula(),
  }
  return {
    open: (name, attributes) => open(reading, name, attributes),
    close: (name) => close(reading, name),
    text: (text) => addText(reading, text),
    take: () => reading.writer.take(),
  }
}

function open(reading: Reading, name: string, attributes: XmlAttributes): void {
  const { skipped, path } = reading
  if (skipped.isOpen()) {
    skipped.opened(name)
    return
  }
  const inProperties = path.length > reading.propertiesFrom
  // `…Change` contains the state before the change.
  if (name.endsWith('Change') || (!inProperties && isLeftOut(reading, name))) {
    if (name === 'del' && !isDeleted(reading)) reading.context.onLeftOut('deleted-text')
    skipped.begin(name)
    return
  }
  if (reading.formula.isOpen || name === 'oMath') reading.formula.open(name, attributes)
  if (inProperties) openProperty(reading, name, attributes)
  else if (propertyNames.has(name)) reading.propertiesFrom = path.length
  else openElement(reading, name, attributes)
  path.push(name)
}

function close(reading: Reading, name: string): void {
  const { skipped, path } = reading
  if (skipped.isOpen()) {
    skipped.closed(name)
    return
  }
  const formula = reading.formula.isOpen ? reading.formula.close(name) : null
  if (formula !== null) write(reading, formula)
  const at = path.lastIndexOf(name)
  if (at < 0) return
  path.length = at
  if (at < reading.propertiesFrom) closeElement(reading, name)
  else if (at === reading.propertiesFrom) reading.propertiesFrom = Infinity
}

function addText(reading: Reading, text: string): void {
  const { skipped, path, fields } = reading
  if (skipped.isOpen()) return
  if (path.at(-1) === 't') writeRun(reading, text)
  else if (path.at(-1) === 'instrText') fields.instruction(text)
}

function writeRun(reading: Reading, text: string): void {
  const { formula, shift, writer } = reading
  if (formula.isOpen) formula.text(text)
  else write(reading, shift === null ? text : shiftedText(text, shift, writer.last))
}

function write(reading: Reading, text: string): void {
  const { context, writer, fields, hidden } = reading
  if (hidden && fields.shown && text.trim() !== '') context.onLeftOut('hidden-text')
  if (hidden || isDeleted(reading) || !fields.shown) return
  if (text.trim() !== '') {
    if (!reading.isStruck) reading.struck.plain()
    else if (reading.struck.leavesOut(writer.tail)) return
  }
  if (context.dropPageNumbers && fields.isPageNumber) writer.skipPageNumber()
  else writer.write(text)
}

function openProperty(reading: Reading, name: string, { val }: XmlAttributes): void {
  const { path, writer } = reading
  const parent = path.at(-1)
  if (parent === 'trPr') openRowProperty(reading, name, val)
  if (parent === 'tcPr') openCellProperty(reading, name, val)
  // Those within `pPr` are of the paragraph's end, not of its text.
  if (path[reading.propertiesFrom] === 'rPr') {
    openRunProperty(reading, name, val)
    return
  }
  const of = writer.properties
  if (of === null) return
  const isMark = name === 'del' || name === 'moveFrom'
  if (name === 'pStyle') of.styleId = val ?? null
  else if (name === 'numId') of.listId = val ?? null
  else if (name === 'ilvl') of.listLevel = Number.parseInt(val ?? '', 10) || 0
  else if (name === 'outlineLvl') of.outline = outlineOf(val ?? '')
  else if (isMark && parent === 'rPr') of.markDeleted = true
}

/** Whether the open row or cell was deleted, or one around it. */
function isDeleted({ rows }: Reading): boolean {
  return rows.some(({ deleted, cellDeleted }) => deleted || cellDeleted)
}

function openRowProperty(reading: Reading, name: string, val: string | undefined): void {
  const row = reading.rows.at(-1)
  if (row === undefined) return
  if (name === 'tblHeader') row.isHeading = isOn(val ?? '1')
  else if (name === 'del') {
    if (!isDeleted(reading)) reading.context.onLeftOut('deleted-text')
    row.deleted = true
  }
}

/** Cells over several columns, cells that continue the one above (17.4.17 and 17.4.84), deleted ones. */
function openCellProperty(reading: Reading, name: string, val: string | undefined): void {
  const { writer, rows } = reading
  const row = rows.at(-1)
  if (name === 'gridSpan') writer.shapeCell({ columns: columnSpan(val) })
  else if (name === 'vMerge') writer.shapeCell({ continuesAbove: val !== 'restart' })
  else if (name === 'cellDel' && row !== undefined) {
    if (!isDeleted(reading)) reading.context.onLeftOut('deleted-text')
    row.cellDeleted = true
  }
}

function openRunProperty(reading: Reading, name: string, val: string | undefined): void {
  const { styles } = reading.context
  if (name === 'vanish') reading.hidden = isOn(val ?? '1')
  else if (isStrike(name)) {
    reading.isStruck = isOn(val ?? '1') || (name === 'dstrike' && reading.isStruck)
  } else if (name === 'vertAlign') reading.shift = shiftOf(val)
  else if (name === 'rStyle') {
    if (styles.isHidden(val ?? '')) reading.hidden = true
    if (styles.isStruck(val ?? '')) reading.isStruck = true
    reading.shift ??= shiftOf(styles.alignOf(val ?? ''))
  }
}

function shiftOf(align: string | null | undefined): Shift | null {
  return align === 'superscript' ? 'raised' : align === 'subscript' ? 'lowered' : null
}

function openElement(reading: Reading, name: string, attributes: XmlAttributes): void {
  const { writer } = reading
  if (name === 'p') writer.openParagraph()
  else if (name === 'r') {
    reading.hidden = false
    reading.shift = null
    reading.isStruck = reading.context.styles.isStruck(writer.properties?.styleId ?? null)
  } else if (name === 'tbl') writer.openTable()
  else if (name === 'tr') {
    reading.rows.push({ deleted: false, cellDeleted: false, isHeading: false })
    writer.openRow()
  } else if (name === 'txbxContent') writer.openBox()
  else if (name === 'tab' || name === 'ptab') write(reading, ' ')
  else if (name === 'br' || name === 'cr') write(reading, '\n')
  else if (name === 'noBreakHyphen') write(reading, '-')
  else if (name === 'sym') write(reading, symbolText(attributes.font ?? '', attributes.char ?? ''))
  else if (name === 'fldChar' || name === 'fldSimple') openField(reading.fields, name, attributes)
  else if (name === 'relIds') include(reading, attributes['r:dm'] ?? attributes.dm ?? '')
  else if (name === 'altChunk') include(reading, attributes['r:id'] ?? attributes.id ?? '')
  else openReference(reading, name, attributes.id ?? '')
}

function openField(fields: Fields, name: string, { fldCharType, instr }: XmlAttributes): void {
  if (name === 'fldSimple') {
    fields.begin()
    fields.instruction(instr ?? '')
    fields.separate()
  } else if (fldCharType === 'begin') fields.begin()
  else if (fldCharType === 'separate') fields.separate()
  else if (fldCharType === 'end') fields.end()
}

/** Follows the paragraph that it is in, or is between two. */
function include(reading: Reading, id: string): void {
  const { context, writer, hidden } = reading
  const blocks = hidden || isDeleted(reading) ? null : context.included(id)
  if (blocks !== null) writer.addLater(blocks)
}

function openReference(reading: Reading, name: string, id: string): void {
  const { context, writer, hidden } = reading
  if (hidden || isDeleted(reading)) return
  if (name === 'commentReference') writer.addLater(context.comment(id))
  const kind = name === 'footnoteReference' ? 'footnote' : 'endnote'
  if (name !== `${kind}Reference`) return
  const note = context.note(kind, id)
  if (note === null) return
  write(reading, note.mark)
  writer.addLater(note.blocks)
}

function closeElement(reading: Reading, name: string): void {
  const { writer, fields, alternatives } = reading
  if (name === 'p') {
    reading.struck.endLine()
    writer.closeParagraph()
  } else if (name === 'fldSimple') fields.end()
  else if (name === 'txbxContent') writer.closeBox()
  else if (name === 'tc') closeCell(reading)
  else if (name === 'tbl') writer.closeTable()
  else if (name === 'tr') {
    writer.closeRow()
    reading.rows.pop()
  } else if (name === 'AlternateContent') alternatives.pop()
}

function closeCell({ writer, rows }: Reading): void {
  const row = rows.at(-1)
  if (row?.isHeading === true) writer.shapeCell({ isHeading: true })
  if (row !== undefined) row.cellDeleted = false
  writer.closeCell()
}

/** Of alternatives the first is read: it is the one that newer programs show. */
function isLeftOut({ alternatives }: Reading, name: string): boolean {
  if (name === 'AlternateContent') alternatives.push(false)
  const isAlternative = name === 'Choice' || name === 'Fallback'
  if (!isAlternative || alternatives.length === 0) return skippedNames.has(name)
  const wasTaken = alternatives.at(-1) === true
  alternatives[alternatives.length - 1] = true
  return wasTaken
}
