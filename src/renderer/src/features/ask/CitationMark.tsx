import type { Citation } from '../../../../shared/domain/conversation.ts'
import { citedPlace, placeOf } from '../../../../shared/domain/documentPlace.ts'
import { classNames } from '../../ui/classNames.ts'
import { HoverCard } from '../../ui/HoverCard.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import './CitationMark.css'

export interface CitationMarkProps {
  readonly citation: Citation
  readonly active: boolean
  readonly onOpen: () => void
}

/**
 * The number after a sentence. Shows the quoted words on hover, and opens them in their document.
 */
export function CitationMark({ citation, active, onOpen }: CitationMarkProps) {
  const { number, name, quote } = citation
  return (
    <HoverCard
      card={
        <>
          <blockquote className="pk-cite-quote">{quote}</blockquote>
          <div className="pk-cite-place">
            <NumberBadge number={number} />
            <span className="cut">{name}</span>
            <span className="faint num cut">{placeOf(citation)}</span>
          </div>
        </>
      }
    >
      <button
        type="button"
        className={classNames('pk-cite', active && 'is-active')}
        aria-label={`Citation ${String(number)}: ${citedPlace(citation)}: ${quote}`}
        aria-pressed={active}
        onClick={onOpen}
      >
        {/* A copied stretch of the answer keeps the brackets: without them “19 [1]” would be “191”. */}
        <VisuallyHidden>{' ['}</VisuallyHidden>
        {number}
        <VisuallyHidden>]</VisuallyHidden>
      </button>
    </HoverCard>
  )
}

export function NumberBadge({ number }: { readonly number: number }) {
  return <span className="pk-cite-badge num">{number}</span>
}
