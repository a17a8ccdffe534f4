import { describe, expect, it } from 'vitest'
import { citedPlace, placeInWords } from '../../../src/shared/domain/documentPlace.ts'

describe('where a passage stands', () => {
  it('is a page where there are pages, else the nearest heading, else nothing', () => {
    expect(placeInWords('pdf', 3, 'Leave › Carrying over')).toBe('page 3')
    expect(placeInWords('docx', 1, 'House rules › Dogs')).toBe('Dogs')
    expect(placeInWords('csv', 1, '')).toBe('')
    expect(placeInWords(null, 1, '')).toBe('')
  })

  it('follows the name, and old citations name their page', () => {
    expect(citedPlace({ name: 'a.docx', page: 1, place: 'Dogs' })).toBe('a.docx, Dogs')
    expect(citedPlace({ name: 'a.csv', page: 1, place: '' })).toBe('a.csv')
    expect(citedPlace({ name: 'a.pdf', page: 4 })).toBe('a.pdf, page 4')
  })
})
