import type { ReactNode } from 'react'
import type { TextRange } from '../../../../shared/domain/page.ts'
import { classNames } from '../../ui/classNames.ts'
import { revealKey } from './marks.ts'
import { segmentsOf, type Layered, type Segment } from './segments.ts'
import './MarkedText.css'

export interface MarkedTextProps {
  /** The whole page's text. */
  readonly text: string
  readonly range: TextRange
  readonly marks: readonly Layered[]
}

/**
 * A range of a page's text with marks. The rendered characters are exactly `text.slice(range.start,
 * range.end)`, as text and never as markup.
 */
export function MarkedText({ text, range, marks }: MarkedTextProps) {
  if (marks.length === 0) return text.slice(range.start, range.end)
  const highlights = marks.filter(({ layer }) => layer === 'highlight')
  const others = marks.filter(({ layer }) => layer !== 'highlight')
  return segmentsOf(range, highlights).map((part) => {
    const inside = segmentsOf(part, others).map((segment) => (
      <Stretch key={segment.start} text={text} segment={segment} />
    ))
    const highlight = part.layers[0]
    if (highlight === undefined) return inside
    return (
      <mark
        key={part.start}
        className="viewer-mark"
        data-reveal={part.start === highlight.start ? revealKey(highlight) : undefined}
      >
        {inside}
      </mark>
    )
  })
}

function Stretch({ text, segment }: { readonly text: string; readonly segment: Segment }) {
  const words: ReactNode = text.slice(segment.start, segment.end)
  if (segment.layers.length === 0) return words
  const hit = segment.layers.find(({ layer }) => layer === 'hit' || layer === 'current-hit')
  const passage = segment.layers.findLast(({ layer }) => layer === 'passage')
  const key = hit?.start === segment.start ? revealKey(hit) : null
  return (
    <>
      {passage?.start === segment.start && (
        <span className="viewer-cut" data-label={String(passage.index + 1)} aria-hidden />
      )}
      <span
        className={classNames(
          passage !== undefined && 'viewer-passage',
          passage !== undefined && passage.index % 2 === 1 && 'is-odd',
          hit !== undefined && 'viewer-hit',
          hit?.layer === 'current-hit' && 'is-current',
        )}
        data-reveal={key ?? undefined}
      >
        {words}
      </span>
    </>
  )
}
