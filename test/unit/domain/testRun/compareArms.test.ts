import { describe, expect, it } from 'vitest'
import { runPlan, type Arm } from '../../../../src/shared/domain/testRun/arm.ts'
import {
  compareArms,
  comparePairs,
  outcomesOf,
  type Outcomes,
} from '../../../../src/shared/domain/testRun/compareArms.ts'
import { madeArm, madeResult, scoredResult } from '../../../helpers/runResults.ts'

const ladder = runPlan.parse({ kind: 'ladder', version: 1 })

/** One letter a row: r right, w wrong, a space: not answered. */
function outcomes(rows: string): Outcomes {
  const results = Array.from(rows).flatMap((letter, row) =>
    letter === ' ' ? [] : [scoredResult(row, letter === 'r')],
  )
  return outcomesOf(results)
}

function pairsOf(comparisons: readonly { readonly a: string; readonly b: string }[]): string[] {
  return comparisons.map(({ a, b }) => `${a} ${b}`)
}

/** All arms with the same two rows. */
function alike(arms: readonly Arm[]): ReadonlyMap<string, Outcomes> {
  return new Map(arms.map(({ id }) => [id, outcomes('rw')]))
}

describe('outcomesOf', () => {
  it('includes the rows with an expected answer, with the later of two results', () => {
    const found = outcomesOf([
      scoredResult(1, false),
      madeResult(2),
      scoredResult(3, true),
      scoredResult(1, true),
    ])
    expect([...found]).toEqual([
      ['row-1', true],
      ['row-3', true],
    ])
  })
})

describe('compareArms', () => {
  const zero = madeArm('zero-shot')
  const few = madeArm('few-shot')

  it('counts rows better and worse and says what that means', () => {
    const [comparison] = compareArms(
      ladder,
      [zero, few],
      new Map([
        ['zero-shot', outcomes('wwwwwwwrrrrr')],
        ['few-shot', outcomes('rrrrrrrrrrrw')],
      ]),
    )
    expect(comparison).toMatchObject({
      a: 'zero-shot',
      b: 'few-shot',
      rows: 12,
      better: 7,
      worse: 1,
    })
    expect(comparison?.difference.value).toBe(0.5)
    // 2 · (1 + 8) / 2^8; a single comparison needs no correction.
    expect(comparison?.p).toBeCloseTo(18 / 256, 12)
    expect(comparison?.pAdjusted).toBeCloseTo(18 / 256, 12)
    expect(comparison?.real).toBe(false)
    expect(comparison?.sentence).toMatch(
      /^Few-shot against zero-shot: 7 rows better, 1 worse \(McNemar p = 0\.070\): within the noise \(50 points, .* to .*\)\.$/u,
    )
  })

  it('compares the rows that both have, and no others', () => {
    const [comparison] = compareArms(
      ladder,
      [zero, few],
      new Map([
        ['zero-shot', outcomes('wwr  w')],
        ['few-shot', outcomes('rw rr ')],
      ]),
    )
    expect(comparison).toMatchObject({ rows: 2, better: 1, worse: 0 })
  })

  it('corrects after Holm over the pairs of the run', () => {
    const arms = ['zero-shot', 'few-shot', 'retrieval', 'both'].map((id) => madeArm(id))
    const found = compareArms(
      ladder,
      arms,
      new Map([
        ['zero-shot', outcomes('wwwwwwwwrr')],
        ['few-shot', outcomes('rrrrrrrrrr')],
        ['retrieval', outcomes('wwwwwwwwrw')],
        ['both', outcomes('rrrrrrwwrr')],
      ]),
    )
    expect(pairsOf(found)).toEqual([
      'zero-shot few-shot',
      'zero-shot retrieval',
      'few-shot both',
      'retrieval both',
    ])
    // p: 8 of 8 2/256; 0 of 1 1; 0 of 2 0.5; 7 of 7 2/128. Corrected: ·4, ·1, ·2, ·3.
    const near = (value: number) => expect.closeTo(value, 12) as number
    expect(found.map(({ p }) => p)).toEqual([2 / 256, 1, 0.5, 2 / 128].map(near))
    expect(found.map(({ pAdjusted }) => pAdjusted)).toEqual([8 / 256, 1, 1, 6 / 128].map(near))
    expect(found.map(({ real }) => real)).toEqual([true, false, false, true])
    expect(found[0]?.sentence).toContain('after Holm): a real difference (80 points')
  })

  it('compares the best arm of the ladder with the nearest neighbours', () => {
    const nearest = madeArm('nearest', { method: 'nearest-neighbours' })
    const arms = [zero, few, nearest]
    const found = compareArms(
      ladder,
      arms,
      new Map([
        ['zero-shot', outcomes('rww')],
        ['few-shot', outcomes('rrw')],
        ['nearest', outcomes('rrr')],
      ]),
    )
    expect(pairsOf(found)).toEqual(['zero-shot few-shot', 'nearest few-shot'])
  })

  it('compares each arm with its twin with the grammar', () => {
    const arms = [zero, few, madeArm('few-shot-grammar', { grammar: true })]
    expect(pairsOf(compareArms(ladder, arms, alike(arms)))).toEqual([
      'zero-shot few-shot',
      'few-shot few-shot-grammar',
    ])
    const other = [
      madeArm('few-shot', { grammar: true }),
      madeArm('few-shot-free', { grammar: false }),
    ]
    expect(pairsOf(compareArms(ladder, other, alike(other)))).toEqual(['few-shot-free few-shot'])
  })

  it('compares each version with the one before, shots with none, and others with the first', () => {
    const versions = [madeArm('v1'), madeArm('v2'), madeArm('v3')]
    const test = runPlan.parse({ kind: 'test', versions: [1, 2, 3] })
    expect(pairsOf(compareArms(test, versions, alike(versions)))).toEqual(['v1 v2', 'v2 v3'])
    const shots = runPlan.parse({ kind: 'shots', version: 1, counts: [0, 2] })
    const draws = [madeArm('d1'), madeArm('none', { examples: { kind: 'none' } }), madeArm('d2')]
    expect(pairsOf(compareArms(shots, draws, alike(draws)))).toEqual(['none d1', 'none d2'])
    const order = runPlan.parse({ kind: 'order', version: 1 })
    expect(pairsOf(compareArms(order, versions, alike(versions)))).toEqual(['v1 v2', 'v1 v3'])
  })

  it('says so if no row differs, and nothing if no row is shared', () => {
    const [same] = compareArms(ladder, [zero, few], alike([zero, few]))
    expect(same).toMatchObject({ pAdjusted: 1, real: false })
    expect(same?.sentence).toBe('Few-shot against zero-shot: no row differs.')
    expect(compareArms(ladder, [zero, few], new Map([['zero-shot', outcomes('r')]]))).toEqual([])
  })

  it('compares any two arms', () => {
    const found = comparePairs(
      [{ a: 'run-1 few', b: 'run-2 few' }],
      (id) => id,
      new Map([
        ['run-1 few', outcomes('w')],
        ['run-2 few', outcomes('r')],
      ]),
    )
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ better: 1, worse: 0, p: 1 })
  })
})
