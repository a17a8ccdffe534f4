import { BookOpen } from 'lucide-react'
import type { Citation } from '../../../../shared/domain/conversation.ts'
import type { Api } from '../../api/api.ts'
import type { ViewerTarget } from '../../api/viewerTarget.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { OpenDocument } from './OpenDocument.tsx'
import './viewer.css'

export interface DocumentViewerProps {
  readonly api: Api
  /** What to show; with an empty range just the page. */
  readonly target: ViewerTarget | null
  /** The citations of the answer, to go through one after another. */
  readonly citations: readonly Citation[]
  readonly index: number
  readonly onIndexChange: (index: number) => void
  /** Offered where there is nothing to show; else whoever holds the viewer closes it. */
  readonly onClose: () => void
}

/** A document as it is stored, open at the quoted words. */
export function DocumentViewer({ target, ...rest }: DocumentViewerProps) {
  if (target === null) {
    return (
      <div className="viewer">
        <EmptyState icon={<BookOpen />} title="No document is open">
          Choose a citation or a source, and it opens here at the quoted words.
        </EmptyState>
      </div>
    )
  }
  return <OpenDocument key={target.documentId} target={target} {...rest} />
}
