import type { Run } from '../../../../shared/domain/page.ts'
import { shiftedText, type Shift } from '../raisedText.ts'
import { withBrackets } from './brackets.ts'
import { joinColumns } from './columnTables.ts'
import { isRightToLeft, partDirections, runKind } from './direction.ts'
import type { GlyphRun } from './glyphRun.ts'
import { cellGap, groupRuns } from './groupRuns.ts'
import type { Line, LineCell } from './line.ts'
import { inReadOrder, type PlacedRun } from './readOrder.ts'
import { inColumns } from './verticalColumns.ts'

/** Gap in units of the font size that counts as a space; between letters of two directions any does. */
const wordGap = 0.2
const directionGap = 0.05

/**
 * Joins runs that share a baseline. On a page that is read from the right, `left` and `right` of a line
 * are counted from there, as those of a turned line are along it.
 */
export function toLines(runs: readonly GlyphRun[]): readonly Line[] {
  const rightToLeft = isRightToLeft(runs)
  const along = rightToLeft ? runs.flatMap(partDirections).map(fromRight) : inColumns(runs)
  const groups = groupRuns(along, rightToLeft).map((group) => inReadOrder(group, rightToLeft))
  const turn = rightToLeft ? withBrackets(groups.map((group) => group.map(({ run }) => run))) : null
  const lines = groups.flatMap((group) => {
    const placed = turn === null ? group : group.map(({ run, gap }) => ({ run: turn(run), gap }))
    return buildLine(placed) ?? []
  })
  return joinColumns(lines)
}

function fromRight(run: GlyphRun): GlyphRun {
  return { ...run, from: -run.to, to: -run.from }
}

function buildLine(placed: readonly PlacedRun[]): Line | null {
  const parts = placed.map(({ run }) => run)
  const first = parts.find(({ text }) => text.trim() !== '')
  if (first === undefined) return null
  let text = ''
  const cells: LineCell[] = []
  let cell = startCell(0)
  const runs: Run[] = []
  let last: GlyphRun | undefined
  const usual = usualRun(parts)
  for (const { run: part, gap } of placed) {
    const blank = part.text.trim() === ''
    if (last !== undefined && !blank) {
      const size = Math.max(last.size, part.size)
      if (gap > size * cellGap) {
        cells.push(endCell(cell, text.trimEnd().length))
        text = `${text.trimEnd()} | `
        cell = startCell(text.length)
      } else if (
        gap > size * (turnsBetween(last, part) ? directionGap : wordGap) &&
        !/\s$/.test(text) &&
        !/^\s/.test(part.text)
      )
        text += ' '
    }
    const lead = /\s$/.test(text) || text === '' ? part.text.trimStart() : part.text
    const shift = blank ? null : shiftOf(part, usual)
    const plain = lead.replace(/\s+/g, ' ')
    if (shift === 'raised' && text.length > cell.start) text = text.trimEnd()
    const piece = shift === null ? plain : shiftedText(plain, shift, text.slice(-1))
    if (!blank) {
      runs.push({ start: text.length, end: text.length + piece.length, box: part.box })
      cell.parts.push(part)
      last = part
    }
    text += piece
  }
  const trimmed = text.trimEnd()
  const solid = parts.filter((part) => part.text.trim() !== '')
  return {
    text: trimmed,
    runs: runs.map((run) => ({ ...run, end: Math.min(run.end, trimmed.length) })),
    turns: first.turns,
    ...extentOf(solid),
    baseline: first.baseline,
    ...majority(solid),
    hasCells: cells.length > 0,
    cells: [...cells, endCell(cell, trimmed.length)],
  }
}

interface OpenCell {
  readonly start: number
  readonly parts: GlyphRun[]
}

function startCell(start: number): OpenCell {
  return { start, parts: [] }
}

function endCell({ start, parts }: OpenCell, end: number): LineCell {
  return { start, end, ...extentOf(parts), font: majority(parts).font }
}

function extentOf(parts: readonly GlyphRun[]): { left: number; right: number } {
  return {
    left: Math.min(...parts.map(({ from }) => from)),
    right: Math.max(...parts.map(({ to }) => to)),
  }
}

function turnsBetween(last: GlyphRun, part: GlyphRun): boolean {
  const kinds = [runKind(last.text), runKind(part.text)]
  return kinds.includes('R') && kinds.includes('L')
}

/** Sizes and distances from the baseline, in units of the line's size, of figures above and below it. */
const smallFigure = 0.85
const leastShift = 0.12

/** Small figures above or below the line: a power, an index, the mark of a note. */
function shiftOf(part: GlyphRun, usual: GlyphRun | undefined): Shift | null {
  if (usual === undefined || part.size > usual.size * smallFigure) return null
  const height = usual.baseline - part.baseline
  if (Math.abs(height) < usual.size * leastShift) return null
  return height > 0 ? 'raised' : 'lowered'
}

/** Of the longest part: a footnote mark does not make a line small. */
function usualRun(parts: readonly GlyphRun[]): GlyphRun | undefined {
  let best: GlyphRun | undefined
  for (const part of parts) {
    if (best === undefined || part.text.trim().length > best.text.trim().length) best = part
  }
  return best
}

function majority(parts: readonly GlyphRun[]): { size: number; font: string } {
  const { size = 0, font = '' } = usualRun(parts) ?? {}
  return { size, font }
}
