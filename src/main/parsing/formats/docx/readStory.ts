import type { TextBlock } from '../html/blockWriter.ts'
import type { XmlAttributes, XmlListener } from '../xml/readXml.ts'
import { createFields } from './fields.ts'
import type { Numberer } from '../story/numberer.ts'
import { createStoryWriter } from '../story/storyWriter.ts'
import { isOn, outlineOf, type Styles } from './styles.ts'
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
  /** Leaves page numbers out, and paragraphs that consist of little else. */
  readonly dropPageNumbers: boolean
}

export interface Story extends XmlListener {
  /** What was read since the last time. */
  take(): readonly TextBlock[]
}

/** Elements whose content is not shown, or is shown elsewhere. */
const skipped = new Set(['del', 'moveFrom', 'delText', 'delInstrText', 'rt', 'sdtPr', 'binData'])
/** How something looks: nothing in here is text. */
const properties = new Set(['pPr', 'rPr', 'tblPr', 'trPr', 'tcPr', 'sectPr', 'tblGrid', 'tblPrEx'])

/**
 * Reads a flow of text of a Word document: the body, a note, a header (ECMA-376, part 1). Deleted
 * text is left out, inserted text is read; text boxes, notes and comments follow the paragraph or
 * table that they belong to, so that they don't split a sentence.
 */
export function createStory(context: StoryContext): Story {
  const writer = createStoryWriter(context.styles.paragraph, context.numberer)
  const fields = createFields()
  /** Open elements, and at which of them the properties of something began. */
  const path: string[] = []
  let propertiesFrom = Infinity
  let skipping = ''
  let skipDepth = 0
  let rowDeleted = false
  let hidden = false
  /** Of each open choice between alternatives, whether one was taken. */
  const alternatives: boolean[] = []

  function write(text: string): void {
    if (hidden || rowDeleted || !fields.shown) return
    if (context.dropPageNumbers && fields.isPageNumber) writer.skipPageNumber()
    else writer.write(text)
  }

  function openProperty(name: string, { val }: XmlAttributes): void {
    const parent = path.at(-1)
    const isMark = name === 'del' || name === 'moveFrom'
    if (parent === 'trPr' && name === 'del') rowDeleted = true
    // Those within `pPr` are of the paragraph's end, not of its text.
    if (path[propertiesFrom] === 'rPr') {
      if (name === 'vanish') hidden = isOn(val ?? '1')
      else if (name === 'rStyle' && context.styles.isHidden(val ?? '')) hidden = true
      return
    }
    const of = writer.properties
    if (of === null) return
    if (name === 'pStyle') of.styleId = val ?? null
    else if (name === 'numId') of.listId = val ?? null
    else if (name === 'ilvl') of.listLevel = Number.parseInt(val ?? '', 10) || 0
    else if (name === 'outlineLvl') of.outline = outlineOf(val ?? '')
    else if (isMark && parent === 'rPr') of.markDeleted = true
  }

  function openElement(name: string, attributes: XmlAttributes): void {
    if (name === 'p') writer.openParagraph()
    else if (name === 'r') hidden = false
    else if (name === 'tbl') writer.openTable()
    else if (name === 'tr') writer.openRow()
    else if (name === 'txbxContent') writer.openBox()
    else if (name === 'tab' || name === 'ptab') write(' ')
    else if (name === 'br' || name === 'cr') write('\n')
    else if (name === 'noBreakHyphen') write('-')
    else if (name === 'sym') write(symbolText(attributes.font ?? '', attributes.char ?? ''))
    else if (name === 'fldChar') openField(attributes.fldCharType)
    else if (name === 'fldSimple') {
      fields.begin()
      fields.instruction(attributes.instr ?? '')
      fields.separate()
    } else openReference(name, attributes.id ?? '')
  }

  function openField(part: string | undefined): void {
    if (part === 'begin') fields.begin()
    else if (part === 'separate') fields.separate()
    else if (part === 'end') fields.end()
  }

  function openReference(name: string, id: string): void {
    if (hidden || rowDeleted) return
    if (name === 'commentReference') writer.addLater(context.comment(id))
    const kind = name === 'footnoteReference' ? 'footnote' : 'endnote'
    if (name !== `${kind}Reference`) return
    const note = context.note(kind, id)
    if (note === null) return
    write(note.mark)
    writer.addLater(note.blocks)
  }

  function closeElement(name: string): void {
    if (name === 'p') writer.closeParagraph()
    else if (name === 'fldSimple') fields.end()
    else if (name === 'txbxContent') writer.closeBox()
    else if (name === 'tc') writer.closeCell()
    else if (name === 'tbl') writer.closeTable()
    else if (name === 'tr') {
      writer.closeRow()
      rowDeleted = false
    } else if (name === 'AlternateContent') alternatives.pop()
  }

  /** Of alternatives the first is read: it is the one that newer programs show. */
  function isLeftOut(name: string): boolean {
    if (name === 'AlternateContent') alternatives.push(false)
    const isAlternative = name === 'Choice' || name === 'Fallback'
    if (!isAlternative || alternatives.length === 0) return skipped.has(name)
    const wasTaken = alternatives.at(-1) === true
    alternatives[alternatives.length - 1] = true
    return wasTaken
  }

  return {
    open(name, attributes) {
      if (skipping !== '') {
        if (name === skipping) skipDepth += 1
        return
      }
      const inProperties = path.length > propertiesFrom
      // `…Change` contains the state before the change.
      if (name.endsWith('Change') || (!inProperties && isLeftOut(name))) {
        skipping = name
        skipDepth = 1
        return
      }
      if (inProperties) openProperty(name, attributes)
      else if (properties.has(name)) propertiesFrom = path.length
      else openElement(name, attributes)
      path.push(name)
    },
    close(name) {
      if (skipping !== '') {
        if (name === skipping) skipDepth -= 1
        if (skipDepth === 0) skipping = ''
        return
      }
      const at = path.lastIndexOf(name)
      if (at < 0) return
      path.length = at
      if (at < propertiesFrom) closeElement(name)
      else if (at === propertiesFrom) propertiesFrom = Infinity
    },
    text(text) {
      if (skipping !== '') return
      if (path.at(-1) === 't') write(text)
      else if (path.at(-1) === 'instrText') fields.instruction(text)
    },
    take: () => writer.take(),
  }
}
