import type { TextRange } from '../../../../shared/domain/page.ts'

/** A highlighted range; `layer` is the kind of highlight. */
export interface Layered extends TextRange {
  readonly layer: 'highlight' | 'hit' | 'current-hit' | 'passage'
  /** Index within its layer, from 0. */
  readonly index: number
}

/** A range of text with a constant set of highlights. */
export interface Segment extends TextRange {
  readonly layers: readonly Layered[]
}

/**
 * Splits a range of text where highlights start or end. These may overlap. The segments are
 * contiguous, so that joining them gives the text.
 */
export function segmentsOf(within: TextRange, layers: readonly Layered[]): readonly Segment[] {
  const touching = layers.filter(({ start, end }) => start < within.end && end > within.start)
  if (touching.length === 0) return within.start < within.end ? [{ ...within, layers: [] }] : []
  const cuts = new Set([within.start, within.end])
  for (const { start, end } of touching) {
    if (start > within.start) cuts.add(start)
    if (end < within.end) cuts.add(end)
  }
  const sorted = [...cuts].sort((one, other) => one - other)
  return sorted.slice(1).map((end, index) => {
    const start = sorted[index] ?? within.start
    return {
      start,
      end,
      layers: touching.filter((layer) => layer.start < end && layer.end > start),
    }
  })
}
