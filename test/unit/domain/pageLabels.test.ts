import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelOf, toLabelRuns } from '../../../src/shared/domain/pageLabels.ts'

function readBack(labels: readonly (string | null)[]): readonly (string | null)[] {
  const runs = toLabelRuns(labels)
  return labels.map((_, index) => labelOf(runs, index + 1))
}

describe('the labels of pages', () => {
  it('are kept as runs: a cover, Roman figures, figures, letters', () => {
    const labels = ['Cover', 'i', 'ii', 'iii', 'iv', '1', '2', '3', 'A-1', 'A-2', 'A', 'B', null]
    const runs = toLabelRuns(labels)
    expect(runs.map(({ page, prefix, style, start }) => [page, prefix, style, start])).toEqual([
      [1, 'Cover', 'fixed', 0],
      [2, '', 'roman', 1],
      [6, '', 'decimal', 1],
      [9, 'A-', 'decimal', 1],
      [11, '', 'Letter', 1],
      [13, '', 'fixed', 0],
    ])
    expect(readBack(labels)).toEqual(labels)
  })

  it('are read as the figures or letters that more of the next pages go on with', () => {
    expect(toLabelRuns(['c', 'd', 'e'])).toEqual([
      { page: 1, prefix: '', style: 'letter', start: 3 },
    ])
    expect(toLabelRuns(['c', 'ci'])).toEqual([{ page: 1, prefix: '', style: 'roman', start: 100 }])
  })

  it('are none where no page has one, or where they follow no order', () => {
    expect(toLabelRuns([null, null])).toEqual([])
    expect(labelOf([], 3)).toBeNull()
    const random = Array.from({ length: 500 }, (_, index) => `p${(index * 7919) % 501}`)
    expect(toLabelRuns(random)).toEqual([])
  })

  it('come back as they were', () => {
    const label = fc.oneof(
      fc.constantFrom(null, 'i', 'iv', 'IX', 'xl', 'A', 'zz', 'AAA', '0', '007', '12', 'A-9', 'B1'),
      fc.stringMatching(/^[a-zA-Z0-9 .-]{1,8}$/),
      fc.nat(3000).map(String),
    )
    fc.assert(
      fc.property(fc.array(label, { maxLength: 60 }), (labels) => {
        expect(readBack(labels)).toEqual(labels)
      }),
    )
  })
})
