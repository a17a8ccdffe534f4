import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitSentences } from '../../../../src/shared/domain/sentences.ts'
import { checkReply } from '../../../../src/shared/domain/template/checkReply.ts'
import { judgeSupport } from '../../../../src/shared/domain/template/judgeSupport.ts'
import type { OutputFormat } from '../../../../src/shared/domain/template/outputFormat.ts'
import { scoreRow, type JudgedRow } from '../../../../src/shared/domain/template/scoreRow.ts'

const lease =
  'The rent is 1,250 euros a month. The tenant gives notice of 14 days in writing. Dogs are not allowed in the garden.'

const answer: OutputFormat = { kind: 'text', measure: { kind: 'supported', placeholder: '' } }
const fields: OutputFormat = {
  kind: 'json',
  fields: [
    { name: 'kind', optional: false, type: { kind: 'label', labels: ['lease', 'sale'] } },
    {
      name: 'summary',
      optional: true,
      type: { kind: 'text', hint: '' },
      measure: { kind: 'supported', placeholder: '' },
    },
  ],
}

function scored(format: OutputFormat, reply: string, row: Partial<JudgedRow> = {}) {
  const values = { INPUT: 'What does the lease say?', CONTEXT: lease }
  return scoreRow(format, checkReply(format, reply), {
    expected: null,
    values,
    passages: [],
    ...row,
  })
}

const ofAnswer = (reply: string, row: Partial<JudgedRow> = {}) =>
  scored(answer, reply, row).score?.fields.answer

describe('an answer that passages have to support', () => {
  it('is right where each sentence is in the passage, without an expected answer', () => {
    const { score, notJudged } = scored(answer, 'The rent is 1,250 euros a month.')
    expect(score?.exactMatch).toBe(true)
    expect(score?.fields.answer?.why).toBe('Supported by the row’s passage.')
    expect(notJudged).toBeUndefined()
  })

  it.each([
    ['a false figure', 'The rent is 1,350 euros a month.', 'Not supported', '1,350'],
    ['a false term', 'The tenant gives notice of 30 days.', 'Not supported', '30'],
    ['a denial left out', 'Dogs are allowed in the garden.', 'Not supported', 'not in this sense'],
    ['more than is there', 'The tenant gives notice in writing by post.', 'supported', 'post'],
    ['one sentence of two', `The rent is 1,250 euros a month. Cats cost 20 euros.`, 'Cats', '20'],
  ])('is wrong with %s, and what is missing is named', (_, reply, first, missing) => {
    const found = ofAnswer(reply)
    expect(found?.correct).toBe(false)
    expect(found?.why).toContain(first)
    expect(found?.why).toContain(missing)
  })

  it('is wrong where it says nothing that could be checked', () => {
    const found = ofAnswer('Yes.')
    expect(found?.correct).toBe(false)
    expect(found?.why).toContain('nothing')
  })

  it('is right whatever sentence of its passage it repeats', () => {
    const sentences = splitSentences(lease).map(({ start, end }) => lease.slice(start, end))
    fc.assert(
      fc.property(fc.shuffledSubarray(sentences, { minLength: 1 }), (some) => {
        expect(judgeSupport(some.join(' '), [{ title: '', text: lease }]).correct).toBe(true)
      }),
    )
  })

  it('is judged by the passages in its prompt', () => {
    const passages = [
      { title: 'Prices', text: 'Parking costs 4 euros an hour.' },
      { title: 'Lease', text: lease },
    ]
    const row = { values: { INPUT: 'What does parking cost?' }, passages }
    expect(ofAnswer('Parking costs 4 euros an hour.', row)?.correct).toBe(true)
    expect(ofAnswer('Parking costs 5 euros an hour.', row)?.correct).toBe(false)
  })

  it('is judged by the placeholder that the measure names, and by no other', () => {
    const named: OutputFormat = {
      kind: 'text',
      measure: { kind: 'supported', placeholder: 'INPUT' },
    }
    const values = { INPUT: 'Parking costs 4 euros an hour.', CONTEXT: lease }
    const judged = (reply: string) => scored(named, reply, { values }).score?.exactMatch
    expect(judged('Parking costs 4 euros an hour.')).toBe(true)
    expect(judged('The rent is 1,250 euros a month.')).toBe(false)
  })

  it('isn’t judged in a row without a passage, and that is said', () => {
    for (const values of [{ INPUT: lease }, { INPUT: 'What?', CONTEXT: ' ' }]) {
      expect(scored(answer, 'The rent is 1,250 euros a month.', { values })).toEqual({
        score: null,
        notJudged: 'Not judged: this row has no passage.',
      })
    }
  })

  it('is wrong where no answer came about, though its passages aren’t known', () => {
    const failed = scored(answer, '', { values: { INPUT: 'What?' }, passages: null })
    expect(failed.score?.exactMatch).toBe(false)
  })
})

describe('fields beside one that passages have to support', () => {
  const reply = (summary: string) => `{"kind": "lease", "summary": "${summary}"}`
  const good = reply('The rent is 1,250 euros a month.')

  it('are judged by what is expected, and all have to be right', () => {
    const right = scored(fields, good, { expected: { kind: 'lease' } })
    expect(right.score).toMatchObject({ exactMatch: true, fields: { kind: { correct: true } } })
    const wrong = scored(fields, good, { expected: { kind: 'sale' } })
    expect(wrong.score).toMatchObject({
      exactMatch: false,
      fields: { kind: { correct: false }, summary: { correct: true } },
    })
  })

  it('are judged without a passage too, and what isn’t judged is named', () => {
    const found = scored(fields, good, { expected: { kind: 'lease' }, values: { INPUT: 'x' } })
    expect(Object.keys(found.score?.fields ?? {})).toEqual(['kind'])
    expect(found.notJudged).toBe('summary: not judged, as this row has no passage.')
  })

  it.each([
    [null, true],
    [{ summary: '' }, true],
    [{ summary: 'The rent.' }, false],
  ])('left out claims nothing: expecting %j it is right %s', (expected, correct) => {
    expect(scored(fields, '{"kind": "lease"}', { expected }).score?.fields.summary?.correct).toBe(
      correct,
    )
  })

  it('are not judged where what is expected isn’t in the format', () => {
    expect(scored(fields, good, { expected: { kind: 'gift' } })).toEqual({ score: null })
  })
})
