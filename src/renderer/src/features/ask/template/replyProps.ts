import type {
  Answer,
  Citation,
  FollowedTemplate,
} from '../../../../../shared/domain/conversation.ts'

/** An answer that isn't prose, and the handler of its citations. */
export interface ReplyProps {
  readonly answer: Answer
  readonly template: FollowedTemplate
  readonly citations: readonly Citation[]
  /** Index of the citation shown in the viewer; -1 for none. */
  readonly active: number
  readonly onOpen: (index: number) => void
}
