import type { BlockWriter } from '../html/blockWriter.ts'
import { shiftedText, type Shift } from '../raisedText.ts'
import { createStruckText } from '../struckText.ts'
import type { XmlListener } from '../xml/readXml.ts'

export interface SlideRuns extends Pick<XmlListener, 'open' | 'close'> {
  /** Writes text as its run sets it; what is in no run is no text of the slide. */
  write(text: string, writer: BlockWriter): void
}

/**
 * Follows the runs of a slide's text (ECMA-376, part 1, 21.1.2.3).
 *
 * @param onStruck called for each passage that is struck through, which is left out.
 */
export function createSlideRuns(onStruck: () => void): SlideRuns {
  const struck = createStruckText(onStruck)
  let inText = false
  let isStruck = false
  let shift: Shift | null = null
  return {
    open(name, { baseline, strike = 'noStrike' }) {
      if (name === 't') inText = true
      else if (name === 'r') {
        shift = null
        isStruck = false
      } else if (name === 'rPr') {
        shift = shiftOf(baseline)
        isStruck = strike !== 'noStrike'
      }
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'p') struck.endLine()
    },
    write(text, writer) {
      if (!inText) return
      if (text.trim() !== '') {
        if (!isStruck) struck.plain()
        else if (struck.leavesOut(writer.tail)) return
      }
      writer.write(shift === null ? text : shiftedText(text, shift, writer.last))
    },
  }
}

/** How far above the line a run is, in thousandths of a percent. */
function shiftOf(baseline: string | undefined): Shift | null {
  const height = Number(baseline ?? 0)
  return height > 0 ? 'raised' : height < 0 ? 'lowered' : null
}
