import type { ReplyScore } from '../../src/shared/domain/template/replyCheck.ts'
import type { Arm } from '../../src/shared/domain/testRun/arm.ts'
import type { RowResult } from '../../src/shared/domain/testRun/run.ts'

/** An arm, named after its id. */
export function madeArm(id: string, own: Partial<Arm> = {}): Arm {
  return {
    id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    version: 1,
    method: 'generate',
    examples: { kind: id === 'zero-shot' || id === 'retrieval' ? 'none' : 'all' },
    sources: id === 'retrieval' || id === 'both',
    grammar: false,
    ...own,
  }
}

/** A row with a valid answer and no expected one. */
export function madeResult(row: number, own: Partial<RowResult> = {}): RowResult {
  return {
    arm: 'few-shot',
    row: `row-${row}`,
    reply: '',
    check: { parseable: true, inDomain: true, value: '', partial: null, repairs: [], problems: [] },
    score: null,
    stop: 'end',
    error: null,
    tokens: { prompt: 100, reused: 60, generated: 4 },
    ms: 500,
    probabilities: null,
    neighbours: null,
    sources: null,
    ...own,
  }
}

/** The score of one label; `given` null is out of the domain. */
export function labelScore(expected: string, given: string | null): ReplyScore {
  const correct = expected === given
  return {
    exactMatch: correct,
    fields: { answer: { correct, tokenF1: null, classes: { expected, given } } },
  }
}

/** A row right or wrong, in a format of one label. */
export function scoredResult(row: number, right: boolean, own: Partial<RowResult> = {}): RowResult {
  return madeResult(row, { score: labelScore('yes', right ? 'yes' : 'no'), ...own })
}
