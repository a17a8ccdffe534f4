import { BookOpen } from 'lucide-react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { OpenDocument } from './OpenDocument.tsx'
import type { DocumentViewerProps } from './viewProps.ts'
import './OpenDocument.css'

/** Shows a stored document at the quoted words. */
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
