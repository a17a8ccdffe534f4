import type { TextRange } from '../../../../shared/domain/page.ts'

/** A range that is shown in a special way; `layer` says how. */
export interface Layered extends TextRange {
  readonly layer: 'highlight' | 'hit' | 'current-hit' | 'passage'
  /** Position among its kind, from 0. */
  readonly index: number
}

/** A stretch of text over which nothing changes, and the ranges that it lies in. */
export interface Segment extends TextRange {
  readonly layers: readonly Layered[]
}

/**
 * Cuts a stretch of text where layers begin or end. Layers may overlap. The segments follow one
 * another without holes, so that joining them gives the text back.
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
