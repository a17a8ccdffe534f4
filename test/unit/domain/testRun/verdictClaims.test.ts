import { beforeAll, describe, expect, it } from 'vitest'
import { judgeRun } from '../../../../src/shared/domain/testRun/verdict/judgeRun.ts'
import type { VerdictRule } from '../../../../src/shared/domain/testRun/verdict/rules.ts'
import { drawRun } from '../../../helpers/drawnRun.ts'
import { tableOf } from '../../../helpers/resultTable.ts'
import { evidenceOf } from '../../../helpers/runEvidence.ts'
import { claims } from '../../../helpers/verdictClaims.ts'

/** Drawn by their numbers, so that a fault is found again. */
const runs = 500

function judged(seed: number) {
  const { plan, made, template, rows } = drawRun(seed)
  const evidence = evidenceOf(plan, made, { template, rows })
  return { seed, verdict: judgeRun(evidence), table: tableOf(made, rows, evidence), template }
}

describe('what a verdict says of drawn results', () => {
  let all: readonly ReturnType<typeof judged>[] = []
  beforeAll(() => {
    all = Array.from({ length: runs }, (_, index) => judged(index + 1))
  }, 60_000)

  it('is so: every sentence is checked against the results by its rule', () => {
    const untrue = all.flatMap(({ seed, verdict, table, template }) =>
      verdict.details
        .filter(
          ({ rule, sentence }) =>
            !claims[rule as VerdictRule]({ sentence, table, advised: verdict.arm, template }),
        )
        .map(({ rule, sentence }) => `${String(seed)} ${rule}: ${sentence}`),
    )
    expect(untrue).toEqual([])
  })

  it('advises no arm that is really worse than one that it is compared with', () => {
    const beaten = all.flatMap(({ seed, verdict, table }) =>
      table.pairs
        // Which of the two formats is better is said apart from the arm to use.
        .filter(({ a, b }) => a !== `${b}-other` && b !== `${a}-other`)
        // One lucky draw says nothing for a number of examples.
        .filter(({ a, better, worse }) => a !== 'shots-0-draw-1' || worse > better)
        .filter(({ a, b, better, worse, real }) => real && (better > worse ? a : b) === verdict.arm)
        .map(({ a, b }) => `${String(seed)} ${verdict.headline} ${a} ${b}`),
    )
    expect(beaten).toEqual([])
  })

  it('speaks of most rules, so that little is left unchecked', () => {
    const heard = new Set(all.flatMap(({ verdict }) => verdict.details.map(({ rule }) => rule)))
    const given = [
      'not-judged',
      'not-run',
      'fields-not-judged',
      'judged-differently',
      'left-fields',
      // Of free text, which is not drawn.
      'cut-off',
      'no-passage',
    ]
    const unheard = Object.keys(claims).filter((rule) => !heard.has(rule) && !given.includes(rule))
    expect(unheard).toEqual([])
  })
})
