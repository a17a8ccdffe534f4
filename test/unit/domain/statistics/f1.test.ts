import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootstrap } from '../../../../src/shared/domain/statistics/bootstrap.ts'
import { confusionOf } from '../../../../src/shared/domain/statistics/confusion.ts'
import { labelFiguresOf, macroF1 } from '../../../../src/shared/domain/statistics/f1.ts'

/** `a>b` is a row in which a is expected and b given; `a>` one whose answer is no label. */
function pairs(text: string) {
  return text.split(' ').map((one) => {
    const [expected = '', given = ''] = one.split('>')
    return { expected, given: given === '' ? null : given }
  })
}

describe('confusionOf', () => {
  it('counts given against expected labels, with a column for answers without a label', () => {
    expect(confusionOf(['a', 'b'], pairs('a>a a>b b> b>b b>'))).toEqual({
      labels: ['a', 'b'],
      counts: [
        [1, 1, 0],
        [0, 1, 2],
      ],
    })
  })

  it('adds labels that only the rows have, each once', () => {
    expect(confusionOf(['a', 'a'], pairs('a>c')).labels).toEqual(['a', 'c'])
    expect(confusionOf([], [])).toEqual({ labels: [], counts: [] })
  })

  it('counts every row once', () => {
    const label = fc.constantFrom('a', 'b', 'c')
    const pair = fc.record({ expected: label, given: fc.option(label) })
    fc.assert(
      fc.property(fc.array(pair), (rows) => {
        const { counts } = confusionOf(['a', 'b'], rows)
        expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(rows.length)
      }),
    )
  })
})

describe('F1', () => {
  it('is computed label by label', () => {
    // scikit-learn's example of three classes: expected 0 1 2 0 1 2, given 0 2 1 0 0 1.
    const figures = labelFiguresOf(confusionOf(['0', '1', '2'], pairs('0>0 1>2 2>1 0>0 1>0 2>1')))
    expect(figures.map(({ precision }) => precision)).toEqual([2 / 3, 0, 0])
    expect(figures.map(({ recall }) => recall)).toEqual([1, 0, 0])
    expect(figures.map(({ f1 }) => f1)).toEqual([0.8, 0, 0])
    expect(figures.map(({ support }) => support)).toEqual([2, 2, 2])
  })

  it('has the mean of all labels as its macro average', () => {
    expect(macroF1(confusionOf([], pairs('0>0 1>2 2>1 0>0 1>0 2>1')))).toBeCloseTo(0.8 / 3, 12)
    // By hand: a 2·2/(3+2), b 2·1/(2+2).
    expect(macroF1(confusionOf(['a', 'b'], pairs('a>a a>a a>b b>b b>')))).toBeCloseTo(
      (4 / 5 + 1 / 2) / 2,
      12,
    )
  })

  it('counts an answer without a label as a miss, and as no false positive', () => {
    const [a, b] = labelFiguresOf(confusionOf(['a', 'b'], pairs('a> a>a b>b')))
    expect(a).toMatchObject({ precision: 1, recall: 0.5 })
    expect(b).toMatchObject({ precision: 1, recall: 1 })
  })

  it('leaves labels that are neither expected nor given out of the average', () => {
    expect(macroF1(confusionOf(['a', 'b', 'c', 'd'], pairs('a>a b>b')))).toBe(1)
    expect(macroF1(confusionOf(['a', 'b'], []))).toBe(0)
    // Given but never expected: 0.
    expect(macroF1(confusionOf(['a', 'b'], pairs('a>a a>b')))).toBeCloseTo(2 / 3 / 2, 12)
  })
})

describe('bootstrap', () => {
  const mean = (values: readonly number[]) => (drawn: Int32Array) => {
    let sum = 0
    for (const index of drawn) sum += values[index] ?? 0
    return [sum / values.length]
  }

  it('is close to the theoretical interval, and the same each time', () => {
    // 400 rows, half of them 1: 0.5 ± 1.96 · 0.5 / 20.
    const values = Array.from({ length: 400 }, (_, index) => index % 2)
    const [found] = bootstrap(400, mean(values))
    expect(found?.value).toBe(0.5)
    expect(found?.low).toBeCloseTo(0.451, 2)
    expect(found?.high).toBeCloseTo(0.549, 2)
    expect(bootstrap(400, mean(values))).toEqual([found])
  })

  it('contains its value', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(values, (rows) => {
        const [found] = bootstrap(rows.length, mean(rows))
        expect(found?.low).toBeLessThanOrEqual(found?.value ?? -1)
        expect(found?.high).toBeGreaterThanOrEqual(found?.value ?? 2)
      }),
      { numRuns: 30 },
    )
  })

  it('has no width if all rows are alike', () => {
    expect(bootstrap(5, mean([1, 1, 1, 1, 1]))).toEqual([{ value: 1, low: 1, high: 1 }])
  })

  it('computes several figures from the same draws', () => {
    const [one, other] = bootstrap(50, (drawn) => {
      let sum = 0
      for (const index of drawn) sum += index
      return [sum, -sum]
    })
    expect(other).toEqual({
      value: -(one?.value ?? 0),
      low: -(one?.high ?? 0),
      high: -(one?.low ?? 0),
    })
  })
})
