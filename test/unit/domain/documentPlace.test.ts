import { describe, expect, it } from 'vitest'
import { citedPlace, pagesInWords, placeInWords } from '../../../src/shared/domain/documentPlace.ts'

describe('the place of a passage', () => {
  it('is a page where there are pages, else the nearest heading, else nothing', () => {
    expect(placeInWords('pdf', 3, 'Leave › Carrying over')).toBe('page 3')
    expect(placeInWords('docx', 1, 'House rules › Dogs')).toBe('Dogs')
    expect(placeInWords('docx', 1, 'Meals › Meal | Sundays')).toBe('Meals')
    expect(placeInWords('csv', 1, '')).toBe('')
    expect(placeInWords(null, 1, '')).toBe('')
  })

  it('is a slide by its number, a sheet by its name, a part of a book by its heading', () => {
    expect(placeInWords('pptx', 3, 'Prices in spring')).toBe('slide 3')
    expect(placeInWords('xlsx', 2, 'Prices')).toBe('Prices')
    expect(placeInWords('epub', 4, 'The storm › At night')).toBe('At night')
    expect(placeInWords('epub', 4, '')).toBe('part 4')
    expect(placeInWords('eml', 1, 'Re: the boiler')).toBe('Re: the boiler')
  })

  it('is counted in the word of its format, and not at all without pages', () => {
    expect(pagesInWords('pdf', 1)).toBe('1 page')
    expect(pagesInWords('xlsx', 3)).toBe('3 sheets')
    expect(pagesInWords('docx', 1)).toBe('')
  })

  it('follows the name; older citations have a page only', () => {
    expect(citedPlace({ name: 'a.docx', page: 1, place: 'Dogs' })).toBe('a.docx, Dogs')
    expect(citedPlace({ name: 'a.csv', page: 1, place: '' })).toBe('a.csv')
    expect(citedPlace({ name: 'a.pdf', page: 4 })).toBe('a.pdf, page 4')
  })
})
