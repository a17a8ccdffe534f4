import { columnSpan } from '../../grid/writtenTable.ts'
import { createBlockWriter } from '../html/blockWriter.ts'
import type { TextBlock } from '../textBlock.ts'
import { readXml, type XmlAttributes } from '../xml/readXml.ts'
import { createSlideRuns } from './slideRuns.ts'

/** Places of a slide that say the same on every slide, or nothing. */
const furniture = new Set(['dt', 'ftr', 'hdr', 'sldNum', 'sldImg'])

interface Shape {
  /** What the place is for (`title`, `body`); null for a free text box. */
  place: string | null
  readonly blocks: TextBlock[]
}

export interface SlideContext {
  /** What a diagram says, by the id of its relationship. */
  readonly diagram: (id: string) => readonly TextBlock[]
  /** Called for each passage that is struck through, which is left out. */
  readonly onStruck: () => void
}

/**
 * Reads the text of a slide or of its notes (ECMA-376, part 1, 19.3 and 21.1): its title first,
 * then shape by shape in their order in the file.
 * What is struck through is left out.
 */
export function readSlide(xml: string, { diagram, onStruck }: SlideContext): readonly TextBlock[] {
  const runs = createSlideRuns(onStruck)
  const titles: TextBlock[] = []
  const rest: TextBlock[] = []
  let shape: Shape | null = null
  let writer = createBlockWriter()
  let inTable = false
  let level = 0
  let bullet: boolean | null = null
  let cell: XmlAttributes = {}

  function endParagraph(): void {
    if (inTable) writer.write('\n')
    else if (isTitle(shape)) writer.end('heading', { level: 1 })
    else if (bullet ?? isList(shape)) writer.end('list-item', { marker: `${'  '.repeat(level)}- ` })
    else writer.end('paragraph')
  }

  /** A cell that another one stretches over is in the file all the same, without text. */
  function closeCell(): void {
    if (isOn(cell.hMerge)) {
      writer.discard()
      return
    }
    writer.shapeCell({
      columns: columnSpan(cell.gridSpan),
      continuesAbove: isOn(cell.vMerge),
    })
    writer.closeCell()
  }

  function endShape(): void {
    const { blocks } = writer
    if (shape?.place == null || !furniture.has(shape.place)) {
      const into = isTitle(shape) ? titles : rest
      into.push(...blocks)
    }
    writer = createBlockWriter()
    shape = null
  }

  readXml(xml, {
    open(name, attributes) {
      runs.open(name, attributes)
      if (name === 'sp' || name === 'graphicFrame') shape = { place: null, blocks: [] }
      else if (name === 'ph' && shape !== null) shape.place = attributes.type ?? 'body'
      else if (name === 'tbl') {
        inTable = true
        writer.openTable()
      } else if (name === 'tr') writer.openRow()
      else if (name === 'tc') cell = attributes
      else if (name === 'p') {
        level = 0
        bullet = null
      } else if (name === 'pPr') level = Math.min(8, Number(attributes.lvl) || 0)
      else if (name === 'buNone') bullet = false
      else if (name === 'buChar' || name === 'buAutoNum') bullet = true
      else if (name === 'br') writer.write('\n')
      else if (name === 'relIds') rest.push(...diagram(attributes['r:dm'] ?? ''))
    },
    close(name) {
      runs.close(name)
      if (name === 'p') endParagraph()
      else if (name === 'tc') closeCell()
      else if (name === 'tr') writer.closeRow()
      else if (name === 'tbl') {
        writer.closeTable()
        inTable = false
      } else if (name === 'sp' || name === 'graphicFrame') endShape()
    },
    text: (text) => runs.write(text, writer),
  })
  writer.dissolveRows()
  writer.end('paragraph')
  endShape()
  return [...titles, ...rest]
}

function isTitle(shape: Shape | null): boolean {
  return shape?.place === 'title' || shape?.place === 'ctrTitle'
}

/** The text of a slide's body is a list unless it says otherwise; that of a subtitle is not. */
function isList(shape: Shape | null): boolean {
  return shape?.place === 'body' || shape?.place === 'obj'
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}
