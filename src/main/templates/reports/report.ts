import type { Template } from '../../../shared/domain/template/template.ts'
import type { JudgedRun } from '../../../shared/domain/testRun/figures.ts'
import type { RowResult, RunRecord } from '../../../shared/domain/testRun/run.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'

/** What was demanded of a run, such as a share of rows that must be right. */
export interface Guard {
  readonly name: string
  /** Why it isn't met, a sentence; null if it is. */
  readonly problem: string | null
}

/** All that a report can say of a run, in whatever form it is written. */
export interface Report {
  readonly record: RunRecord
  /** By version. */
  readonly templates: ReadonlyMap<number, Template>
  readonly rows: ReadonlyMap<string, TestRow>
  /** The latest of each row, arm by arm, in the order of the rows. */
  readonly results: readonly RowResult[]
  readonly judged: JudgedRun
  /** Empty where nothing was demanded. */
  readonly guards: readonly Guard[]
  /** Whether rows without a judgement were accepted beforehand. */
  readonly allowUnjudged: boolean
}

/** The name of the template that was tested: of its latest version in the run. */
export function templateName({ record, templates }: Report): string {
  return templates.get(Math.max(...templates.keys()))?.name ?? record.template
}

type Outcome = 'right' | 'wrong' | 'not-judged'

/** A row without an answer is wrong if one was expected. */
export function outcomeOf({ score }: RowResult): Outcome {
  if (score === null) return 'not-judged'
  return score.exactMatch ? 'right' : 'wrong'
}
