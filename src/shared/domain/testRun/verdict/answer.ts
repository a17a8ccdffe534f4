import type { Detail } from './rules.ts'

/** What the plan of a run asked, answered. */
export interface Answer {
  /** Id of the arm to use; null where nothing can be said. */
  readonly arm: string | null
  readonly headline: string
  readonly details: readonly Detail[]
  /** Whether examples and documents brought something; null where that was not asked. */
  readonly examplesHelp: boolean | null
  readonly documentsHelp: boolean | null
}
