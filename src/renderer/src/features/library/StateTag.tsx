import { Check, CircleDashed, Clock, LoaderCircle, Minus, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PageProgress } from '../../../../shared/contract/documents.ts'
import type { DocumentState, LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import { Tag } from '../../ui/Chip.tsx'
import { stateWords } from './libraryWords.ts'
import './StateTag.css'

/** Each state has its own shape, so that it doesn't depend on colour. */
const icons: Readonly<Record<DocumentState, ReactNode>> = {
  queued: <Clock aria-hidden />,
  reading: <LoaderCircle aria-hidden className="library-turning" />,
  indexing: <CircleDashed aria-hidden className="library-turning" />,
  indexed: <Check aria-hidden />,
  unchanged: <Minus aria-hidden />,
  'partly-read': <TriangleAlert aria-hidden />,
  failed: <X aria-hidden />,
}

export function StateTag({
  document,
  reading,
}: {
  readonly document: LibraryDocument
  /** The page being read, of any document. */
  readonly reading: PageProgress | null
}) {
  const { label, tone } = stateWords(document, reading)
  return (
    <Tag tone={tone} icon={icons[document.state]}>
      <span className="cut">{label}</span>
    </Tag>
  )
}
