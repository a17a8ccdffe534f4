import type { Citation } from '../../../../shared/domain/conversation.ts'
import type { Api } from '../../api/api.ts'
import type { ViewerTarget } from '../../api/viewerTarget.ts'
import type { DocumentPagesState } from './documentPages.ts'
import type { MarksByPage } from './marks.ts'

/** A position to scroll to; a new object scrolls again, even to the same position. */
export interface Goal {
  readonly page: number
  /** Position in the page's text. */
  readonly start: number
  /** The mark to put in the middle; null for the top of the page. */
  readonly key: string | null
}

/** Props of both page views. */
export interface PagesViewProps {
  readonly state: DocumentPagesState
  readonly marks: MarksByPage
  readonly goal: Goal | null
  /** Accessible name of the scrolling region. */
  readonly label: string
  /** The page in the middle of the view. */
  readonly onPage: (page: number) => void
  readonly ensure: (from: number, to: number) => void
}

export interface DocumentViewerProps {
  readonly api: Api
  /** What to show; an empty range means only the page. */
  readonly target: ViewerTarget | null
  /** The citations of the answer, to go through one after another. */
  readonly citations: readonly Citation[]
  readonly index: number
  readonly onIndexChange: (index: number) => void
  /** Called to close the viewer if there is nothing to show. */
  readonly onClose: () => void
}
