import type { DocumentPagesState } from './documentPages.ts'
import type { MarksByPage } from './marks.ts'

/** A place to go to; a new object is a new wish, even for the same place. */
export interface Goal {
  readonly page: number
  /** Position in the page's text. */
  readonly start: number
  /** The mark to put in the middle; null for the top of the page. */
  readonly key: string | null
}

/** What both ways of showing pages need. */
export interface PagesViewProps {
  readonly state: DocumentPagesState
  readonly marks: MarksByPage
  readonly goal: Goal | null
  /** Names the scrolling region. */
  readonly label: string
  /** The page in the middle of the view. */
  readonly onPage: (page: number) => void
  readonly ensure: (from: number, to: number) => void
}
