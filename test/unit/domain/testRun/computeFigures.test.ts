import { describe, expect, it } from 'vitest'
import type { OutputFormat } from '../../../../src/shared/domain/template/outputFormat.ts'
import { computeFigures } from '../../../../src/shared/domain/testRun/computeFigures.ts'
import type { Estimate } from '../../../../src/shared/domain/statistics/estimate.ts'
import { labelScore, madeResult } from '../../../helpers/runResults.ts'

const sentiment: OutputFormat = { kind: 'label', labels: ['good', 'bad', 'mixed'] }

const review: OutputFormat = {
  kind: 'json',
  fields: [
    { name: 'sentiment', optional: false, type: { kind: 'label', labels: ['good', 'bad'] } },
    { name: 'urgent', optional: false, type: { kind: 'boolean' } },
    { name: 'place', optional: true, type: { kind: 'text', hint: '' } },
    { name: 'stars', optional: false, type: { kind: 'number', integer: true } },
  ],
}

function rounded(estimate: Estimate | null | undefined): readonly number[] | null {
  if (estimate === null || estimate === undefined) return null
  return [estimate.value, estimate.low, estimate.high].map((value) => Math.round(value * 100))
}

describe('computeFigures', () => {
  it('counts valid, parseable and in the domain separately', () => {
    const check = madeResult(0).check
    const figures = computeFigures(sentiment, [
      madeResult(0),
      madeResult(1, { check: { ...check, repairs: ['code-fence', 'label-spelling'] } }),
      madeResult(2, { check: { ...check, repairs: ['code-fence'], inDomain: false, value: null } }),
      madeResult(3, { check: { ...check, parseable: false, inDomain: false, value: null } }),
    ])
    expect(figures.n).toBe(4)
    expect(figures.validFormat?.value).toBe(0.25)
    expect(figures.parseable?.value).toBe(0.75)
    expect(figures.inDomain?.value).toBe(0.5)
    expect(figures.repairs).toEqual({ 'code-fence': 2, 'label-spelling': 1 })
    expect(figures.exactMatch).toBeNull()
    expect(figures.fields).toEqual({})
    expect(figures.macroF1).toBeNull()
    expect(figures.confusion).toBeNull()
  })

  it('counts right answers on the rows with an expected one', () => {
    const rows = Array.from({ length: 20 }, (_, row) =>
      madeResult(row, { score: labelScore('good', row < 16 ? 'good' : null) }),
    )
    const figures = computeFigures(sentiment, [...rows, madeResult(20)])
    expect(figures.n).toBe(21)
    expect(figures.scored).toBe(20)
    expect(rounded(figures.exactMatch)).toEqual([80, 58, 92])
    expect(rounded(figures.fields.answer?.accuracy)).toEqual([80, 58, 92])
    expect(figures.confusion).toEqual({
      labels: ['good', 'bad', 'mixed'],
      counts: [
        [16, 0, 0, 4],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ],
    })
    // One label occurs, with a recall of 0.8: 2·16 / (16 + 20).
    expect(figures.macroF1?.value).toBeCloseTo(32 / 36, 12)
    expect(figures.macroF1?.low).toBeGreaterThan(0.7)
    expect(figures.macroF1?.high).toBeLessThan(1)
  })

  it('counts a row without an answer as wrong, and leaves it out of the format figures', () => {
    const failed = madeResult(1, {
      score: labelScore('bad', null),
      stop: 'failed',
      error: { code: 'host-crashed', message: 'The model stopped.' },
      check: {
        parseable: false,
        inDomain: false,
        value: null,
        partial: null,
        repairs: [],
        problems: [],
      },
      tokens: { prompt: 0, reused: 0, generated: 0 },
      ms: 90_000,
    })
    const figures = computeFigures(sentiment, [
      madeResult(0, { score: labelScore('good', 'good') }),
      failed,
    ])
    expect(figures).toMatchObject({ n: 2, scored: 2, failed: 1, secondsPerRow: 0.5 })
    expect(figures.validFormat?.value).toBe(1)
    expect(figures.exactMatch?.value).toBe(0.5)
    expect(figures.tokens.promptPerRow).toBe(100)
    const none = computeFigures(sentiment, [failed])
    expect(none.validFormat).toBeNull()
    expect(none.secondsPerRow).toBe(0)
  })

  it('gives each field the figures of its type', () => {
    const field = { tokenF1: null, classes: null }
    const row = (index: number, sentiment: string | null, place: number) =>
      madeResult(index, {
        score: {
          exactMatch: false,
          fields: {
            sentiment: {
              ...field,
              correct: sentiment === 'good',
              classes: { expected: 'good', given: sentiment },
            },
            urgent: { ...field, correct: true, classes: { expected: 'true', given: 'true' } },
            place: { ...field, correct: place === 1, tokenF1: place },
          },
        },
      })
    const figures = computeFigures(review, [row(0, 'good', 1), row(1, 'bad', 0.5), row(2, null, 0)])
    const { sentiment, urgent, place, stars } = figures.fields
    expect(sentiment?.accuracy.value).toBeCloseTo(1 / 3, 12)
    expect(sentiment?.confusion?.counts).toEqual([
      [1, 1, 1],
      [0, 0, 0],
    ])
    // By hand: good 2·1/(3+1), bad 0.
    expect(sentiment?.macroF1?.value).toBeCloseTo(0.25, 12)
    expect(urgent?.confusion?.labels).toEqual(['true', 'false'])
    expect(urgent?.macroF1?.value).toBe(1)
    expect(place?.tokenF1?.value).toBe(0.5)
    expect(place?.macroF1).toBeNull()
    expect(place?.confusion).toBeNull()
    // Nothing was expected of it.
    expect(stars).toBeUndefined()
    expect(figures.macroF1?.value).toBeCloseTo((0.25 + 1) / 2, 12)
    // Two fields have one: it is shown with its field.
    expect(figures.confusion).toBeNull()
  })

  it('scores a field on the rows with an expected value for it', () => {
    const one = { correct: true, tokenF1: 1, classes: null }
    const figures = computeFigures(review, [
      madeResult(0, { score: { exactMatch: true, fields: { place: one } } }),
      madeResult(1, { score: { exactMatch: true, fields: { stars: { ...one, tokenF1: null } } } }),
    ])
    expect(rounded(figures.fields.place?.accuracy)).toEqual([100, 21, 100])
    expect(figures.fields.place?.tokenF1?.value).toBe(1)
    expect(figures.fields.stars?.tokenF1).toBeNull()
  })

  it('adds up tokens and time', () => {
    const figures = computeFigures({ kind: 'text' }, [
      madeResult(0, { tokens: { prompt: 300, reused: 0, generated: 10 }, ms: 2_000 }),
      madeResult(1, { tokens: { prompt: 310, reused: 290, generated: 20 }, ms: 1_000 }),
    ])
    expect(figures.tokens).toEqual({
      prompt: 610,
      reused: 290,
      evaluated: 320,
      generated: 30,
      promptPerRow: 305,
    })
    expect(figures.secondsPerRow).toBe(1.5)
  })

  it('has figures for no rows', () => {
    expect(computeFigures(sentiment, [])).toMatchObject({
      n: 0,
      scored: 0,
      validFormat: null,
      exactMatch: null,
      macroF1: null,
    })
  })
})
