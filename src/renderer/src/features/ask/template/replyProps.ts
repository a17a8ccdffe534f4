import type {
  Answer,
  Citation,
  FollowedTemplate,
} from '../../../../../shared/domain/conversation.ts'

/** An answer in a form that is not prose, and what its citations lead to. */
export interface ReplyProps {
  readonly answer: Answer
  readonly template: FollowedTemplate
  readonly citations: readonly Citation[]
  /** Index of the citation that the viewer shows; -1 for none. */
  readonly active: number
  readonly onOpen: (index: number) => void
}
