import { expect, test } from 'vitest'
import { renderSource } from '../../../src/main/chat/prompt.ts'
import { withTitles } from '../../../src/main/retrieval/titledPassages.ts'
import { createPassage, libraryDocumentOf } from '../../helpers/passages.ts'

/** The title of a source in the prompt. */
function header(format: 'pdf' | 'pptx' | 'xlsx', pages: number, heading = ''): string | undefined {
  const passage = { ...createPassage('boats', 'Oars are blue.'), page: 3, heading }
  const document = { ...libraryDocumentOf('boats'), name: `boats.${format}`, format, pages }
  const [titled] = withTitles([passage], () => document)
  if (titled === undefined) return undefined
  return renderSource(titled).split('\n')[0]
}

test('a source is named as the bundled model was trained on: title, and page if there are several', () => {
  expect(header('pdf', 1)).toBe('[1] boats.pdf')
  expect(header('pdf', 9)).toBe('[1] boats.pdf, page 3')
  expect(header('pdf', 9, 'Boats › Oars')).toBe('[1] boats.pdf: Oars, page 3')
})

test('a page is named by what is printed on it', () => {
  const passage = { ...createPassage('boats', 'Oars are blue.'), page: 3 }
  const pageLabels = [{ page: 1, prefix: '', style: 'roman', start: 1 }] as const
  const document = { ...libraryDocumentOf('boats'), format: 'pdf', pages: 9, pageLabels } as const
  expect(withTitles([passage], () => document)[0]?.place).toBe('page iii (3 of 9)')
})

test('slides and sheets are not called pages', () => {
  expect(header('pptx', 9, 'Oars')).toBe('[1] boats.pptx: Oars, slide 3')
  expect(header('xlsx', 9, 'Oars')).toBe('[1] boats.xlsx: Oars')
})

test('passages are numbered in order; one whose document is gone is skipped', () => {
  const passages = ['a', 'gone', 'b'].map((contentId) => createPassage(contentId, 'Oars are blue.'))
  const titled = withTitles(passages, (contentId) =>
    contentId === 'gone' ? undefined : libraryDocumentOf(contentId),
  )
  expect(titled.map(({ number, contentId }) => [number, contentId])).toEqual([
    [1, 'a'],
    [2, 'b'],
  ])
})
