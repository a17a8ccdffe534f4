import type { SuggestItem } from '../../../shared/contract/testRuns.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import type { Trial } from './trial.ts'

/** A choice of examples that is about to be made. */
export interface PlannedChoice {
  /** Answers that it takes if it goes on to the end. */
  readonly total: number
  readonly choose: (trial: Trial, tell: (item: SuggestItem) => void) => Promise<void>
}

export interface ChoiceInput {
  readonly template: Template
  /** To choose on; each says what is expected. */
  readonly rows: readonly TestRow[]
  /** Examples, at most. */
  readonly most: number
  readonly seed: number
}
