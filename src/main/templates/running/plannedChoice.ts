import type { SuggestItem } from '../../../shared/contract/testRuns.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import type { Trial } from './trial.ts'

/** A planned search for a choice of examples. */
export interface PlannedChoice {
  /** Number of answers needed if it isn't stopped early. */
  readonly total: number
  readonly choose: (trial: Trial, tell: (item: SuggestItem) => void) => Promise<void>
}

export interface ChoiceInput {
  readonly template: Template
  /** Rows to choose on; each has an expected answer. */
  readonly rows: readonly TestRow[]
  /** Largest number of examples. */
  readonly most: number
  readonly seed: number
}
