import { describe, expect, it } from 'vitest'
import { labelMistakes } from '../../../../src/shared/domain/testRun/verdict/labelMistakes.ts'
import { listFormat, listFigures } from '../../../helpers/listFigures.ts'
import { exampleOf, labelTemplate } from '../../../helpers/templates.ts'

const order = (tags: readonly string[], paid: boolean, state: string): object => ({
  items: [{ tags, paid, note: 'one word' }],
  delivery: { state },
})

describe('a field in a list of objects', () => {
  const { fields, macroF1, confusion } = listFigures([
    [order(['red'], true, 'sent'), order(['red'], true, 'sent')],
    [order(['red', 'green'], true, 'lost'), order(['red'], false, 'sent')],
    // The list may be left out: then its fields are expected to be missing.
    [{ delivery: { state: 'sent' } }, { delivery: { state: 'sent' } }],
  ])

  it.each(['items.tags', 'items.paid'])(
    'has its share right and no figures of labels: %s',
    (name) => {
      const { accuracy, ...rest } = fields[name] ?? {}
      expect(accuracy?.value).toBeCloseTo(2 / 3)
      expect(rest).toMatchObject({
        labels: null,
        confusion: null,
        macroF1: null,
        noLabels: 'in-list',
      })
    },
  )

  it('has no token F1, and gives no reason for labels that it has not', () => {
    expect(fields['items.note']).toMatchObject({ tokenF1: null, labels: null })
    expect(fields['items.note']).not.toHaveProperty('noLabels')
  })

  it('takes nothing from the mean of those that have labels', () => {
    const state = fields['delivery.state']
    expect(state?.macroF1).not.toBeNull()
    expect(macroF1).toEqual(state?.macroF1)
    expect(confusion).toEqual(state?.confusion)
  })
})

it('the labels that examples show are found within an object', () => {
  const figures = listFigures([
    [order([], true, 'lost'), order([], true, 'sent')],
    [order([], true, 'sent'), order([], true, 'lost')],
  ])
  const shown = labelTemplate({
    format: listFormat,
    examples: [exampleOf('e1', 'One', JSON.stringify(order([], true, 'lost')))],
  })
  expect(labelMistakes(figures, shown).unshown).toEqual(['sent'])
})
