import { describe, expect, it } from 'vitest'
import { checkGuards, type Demands, type Guarded } from '../../../src/main/cli/testGuard.ts'
import { computeFigures } from '../../../src/shared/domain/testRun/computeFigures.ts'
import { answers } from '../../helpers/runEvidence.ts'
import { labelTemplate } from '../../helpers/templates.ts'

const guardProblems = (of: Guarded, demands: Demands): readonly string[] =>
  checkGuards(of, demands).flatMap(({ problem }) => problem ?? [])

const { format } = labelTemplate()
const wanted = { minAccuracy: 0.9, allowUnjudged: false }
const free = { minAccuracy: null, allowUnjudged: false }

function tested(counts: string, patch: Partial<Guarded> = {}): Guarded {
  const figures = computeFigures(format, answers(counts))
  return { rows: figures.n, notJudged: [], asking: [figures], ...patch }
}

describe('a guard', () => {
  it('passes with enough rows right, all of them judged', () => {
    expect(guardProblems(tested('9r 1w'), wanted)).toEqual([])
  })

  it('names the share that is right', () => {
    expect(guardProblems(tested('8r 2w'), wanted)).toEqual([
      '0.800 of the rows are right; 0.9 was asked for.',
    ])
  })

  it('fails because of a row that is not judged, unless that is allowed', () => {
    const one = tested('1r', { notJudged: [{ why: 'not-in-format', rows: 4 }] })
    expect(guardProblems(one, wanted)).toEqual([
      '4 not judged: 4 with an expected answer that isn’t in the template’s format. --allow-unjudged accepts that.',
    ])
    expect(guardProblems(one, { ...wanted, allowUnjudged: true })).toEqual([])
    expect(guardProblems(one, free)).toEqual([])
  })

  it('fails because of a row without a passage, unless that is allowed', () => {
    const notJudged = 'Not judged: this row has no passage.'
    const figures = computeFigures(format, [
      ...answers('9r'),
      ...answers('1r', { score: null, notJudged }),
    ])
    const one = tested('1r', { asking: [figures] })
    expect(guardProblems(one, wanted)).toEqual([
      '1 row without a passage to judge by. --allow-unjudged accepts that.',
    ])
    expect(guardProblems(one, { ...wanted, allowUnjudged: true })).toEqual([])
  })

  it('looks for rows without a passage in every arm, and at the best of them for accuracy', () => {
    const notJudged = 'Not judged: this row has no passage.'
    const poor = computeFigures(format, answers('1r 1w'))
    const best = computeFigures(format, answers('2r'))
    const lacking = computeFigures(format, answers('1r', { score: null, notJudged }))
    expect(guardProblems(tested('2r', { asking: [poor, best] }), wanted)).toEqual([])
    expect(guardProblems(tested('2r', { asking: [best, lacking] }), wanted)).toEqual([
      '1 row without a passage to judge by. --allow-unjudged accepts that.',
    ])
  })

  it('is not met where nothing is judged, whatever is allowed', () => {
    const unscored = computeFigures(format, answers('2r', { score: null }))
    const nothing = tested('2r', { asking: [unscored] })
    expect(guardProblems(nothing, { minAccuracy: 0, allowUnjudged: true })).toEqual([
      'No row could be judged; 0 of them right was asked for.',
    ])
    expect(guardProblems(nothing, free)).toEqual([])
  })

  it('fails without a guard too, if nothing was answered', () => {
    expect(guardProblems(tested('3f'), free)).toEqual(['No row was answered.'])
    const leftOut = [{ why: 'like-example' as const, rows: 2 }]
    expect(guardProblems({ rows: 0, notJudged: leftOut, asking: [] }, free)).toEqual([
      'No row was tested: 2 not judged: 2 left out because an example gives the answer away.',
    ])
  })
})
