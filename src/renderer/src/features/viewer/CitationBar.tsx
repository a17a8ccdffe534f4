import { ArrowLeft, ArrowRight } from 'lucide-react'
import type { Citation } from '../../../../shared/domain/conversation.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import './CitationBar.css'

export interface CitationBarProps {
  readonly citations: readonly Citation[]
  readonly index: number
  readonly onIndexChange: (index: number) => void
}

/** Steps through the citations of an answer. */
export function CitationBar({ citations, index, onIndexChange }: CitationBarProps) {
  const citation = citations[index]
  return (
    <div className="viewer-citations" role="group" aria-label="Citations">
      {citation !== undefined && (
        <span className="viewer-number" aria-hidden>
          {citation.number}
        </span>
      )}
      <span className="grow cut dim">Quoted in the answer</span>
      <IconButton
        label="Previous citation"
        icon={<ArrowLeft />}
        disabled={index <= 0}
        onClick={() => onIndexChange(index - 1)}
      />
      <span className="faint num" aria-live="polite">
        {index + 1} of {citations.length}
      </span>
      <IconButton
        label="Next citation"
        icon={<ArrowRight />}
        disabled={index >= citations.length - 1}
        onClick={() => onIndexChange(index + 1)}
      />
    </div>
  )
}
