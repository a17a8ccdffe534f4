import { describe, expect, it } from 'vitest'
import {
  citedPlace,
  countedPlace,
  isNumberedPlace,
  listPages,
  numberedPlace,
  pagesInWords,
  placeInWords,
  type PagedDocument,
} from '../../../src/shared/domain/documentPlace.ts'
import type { FormatId } from '../../../src/shared/domain/formats.ts'
import { toLabelRuns } from '../../../src/shared/domain/pageLabels.ts'

const of = (format: FormatId, labels: readonly (string | null)[] = []): PagedDocument => ({
  format,
  pages: Math.max(20, labels.length),
  pageLabels: toLabelRuns(labels),
})

describe('the place of a passage', () => {
  it('is a page where there are pages, else the nearest heading, else nothing', () => {
    expect(placeInWords(of('pdf'), 3, 'Leave › Carrying over')).toBe('page 3')
    expect(placeInWords(of('docx'), 1, 'House rules › Dogs')).toBe('Dogs')
    expect(placeInWords(of('docx'), 1, 'Meals › Meal | Sundays')).toBe('Meals')
    expect(placeInWords(of('csv'), 1, '')).toBe('')
    expect(placeInWords(null, 1, '')).toBe('')
  })

  it('is a slide by its number, a sheet by its name, a part of a book by its heading', () => {
    expect(placeInWords(of('pptx'), 3, 'Prices in spring')).toBe('slide 3')
    expect(placeInWords(of('xlsx'), 2, 'Prices')).toBe('Prices')
    expect(placeInWords(of('epub'), 4, 'The storm › At night')).toBe('At night')
    expect(placeInWords(of('epub'), 4, '')).toBe('part 4')
    expect(placeInWords(of('eml'), 1, 'Re: the boiler')).toBe('Re: the boiler')
  })

  it('is what is printed on the page, and its number in the file where that is another', () => {
    const book = of('pdf', ['i', 'ii', null, '4', '2'])
    expect(numberedPlace(book, 2)).toBe('page ii (2 of 20)')
    expect(numberedPlace(book, 3)).toBe('page 3')
    expect(numberedPlace(book, 4)).toBe('page 4')
    expect(placeInWords(book, 5, 'Cranes')).toBe('page 2 (5 of 20)')
    expect(countedPlace(book, 5)).toBe('page 2 (5 of 20)')
    expect(countedPlace(book, 4)).toBe('page 4 of 20')
  })

  it('is counted in the word of its format, and not at all without pages', () => {
    expect(pagesInWords('pdf', 1)).toBe('1 page')
    expect(pagesInWords('xlsx', 3)).toBe('3 sheets')
    expect(pagesInWords('docx', 1)).toBe('')
    expect(countedPlace(of('docx'), 1)).toBe('')
  })

  it('follows the name; older citations have a page only', () => {
    expect(citedPlace({ name: 'a.docx', page: 1, place: 'Dogs' })).toBe('a.docx, Dogs')
    expect(citedPlace({ name: 'a.csv', page: 1, place: '' })).toBe('a.csv')
    expect(citedPlace({ name: 'a.pdf', page: 4 })).toBe('a.pdf, page 4')
  })

  it('is told from a heading', () => {
    expect(isNumberedPlace({ page: 4 })).toBe(true)
    expect(isNumberedPlace({ page: 4, place: 'page iv (4 of 9)' })).toBe(true)
    expect(isNumberedPlace({ page: 4, place: 'Dogs (in winter)' })).toBe(false)
  })
})

describe('listPages', () => {
  it.each([
    [[3], '3'],
    [[3, 4], '3 and 4'],
    [[3, 4, 5, 6, 7, 9, 12], '3–7, 9 and 12'],
    [[1, 3, 5, 7, 9, 11, 13, 15, 17], '1, 3, 5, 7, 9, 11, 13 and others'],
  ])('%j is %s', (pages, text) => {
    expect(listPages(pages)).toBe(text)
  })
})
