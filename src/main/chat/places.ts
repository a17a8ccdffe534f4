import type { Answer, AnswerSentence } from '../../shared/domain/conversation.ts'
import { isFoundByNumber, placeInWords } from '../../shared/domain/documentPlace.ts'
import type { LibraryDocument } from '../../shared/domain/libraryDocument.ts'
import { longestHeading, type Page } from '../../shared/domain/page.ts'
import { AppError } from '../../shared/errors.ts'
import { systemErrorCode } from '../disk/systemError.ts'
import type { DocumentOf } from '../retrieval/titledPassages.ts'

export interface PlacesDeps {
  readonly documentOf: DocumentOf
  /** undefined if it is gone. */
  readonly readPage: (contentId: string, page: number) => Promise<Page | undefined>
}

/** Larger pages aren't read: a heading isn't worth the time. */
const mostWords = 200_000

/**
 * Adds to each citation and source the heading above its words. A passage only has the heading
 * above its start, and may span further headings.
 */
export async function nameHeadings(answer: Answer, deps: PlacesDeps): Promise<Answer> {
  const pages = new Map<string, Promise<Page | undefined>>()
  function pageOf({ contentId, page }: Place, row: LibraryDocument): Promise<Page | undefined> {
    const isLong = row.words / Math.max(row.pages, 1) > mostWords
    if (isLong || isFoundByNumber(row.format)) return Promise.resolve(undefined)
    const key = `${contentId}:${String(page)}`
    const known = pages.get(key) ?? deps.readPage(contentId, page).catch(ignoreGone)
    pages.set(key, known)
    return known
  }
  async function named<T extends Place>(place: T, position: number): Promise<T> {
    const row = deps.documentOf(place.contentId)
    const page = row === undefined ? undefined : await pageOf(place, row)
    const heading = page === undefined ? null : headingAbove(page, position)
    if (row === undefined || heading === null) return place
    return { ...place, place: placeInWords(row, place.page, heading) }
  }
  const inSentence = async (sentence: AnswerSentence): Promise<AnswerSentence> => ({
    ...sentence,
    citations: await Promise.all(sentence.citations.map((one) => named(one, one.start))),
  })
  const { template } = answer
  return {
    ...answer,
    sentences: await Promise.all(answer.sentences.map(inSentence)),
    sources: await Promise.all(
      answer.sources.map((one) => named(one, one.keySentences[0]?.start ?? one.start)),
    ),
    template:
      template?.kind !== 'followed'
        ? template
        : {
            ...template,
            fields: await Promise.all(
              template.fields.map(async (field) => ({
                ...field,
                sentences: await Promise.all(field.sentences.map(inSentence)),
              })),
            ),
          },
  }
}

interface Place {
  readonly contentId: string
  readonly page: number
  readonly place?: string | undefined
}

/** If a document is removed meanwhile, its citations keep the headings of their passages. */
function ignoreGone(error: unknown): undefined {
  const isGone = error instanceof AppError && error.code === 'not-found'
  if (!isGone && systemErrorCode(error) !== 'ENOENT') throw error
  return undefined
}

/** The nearest heading of the page at or before a position; null if there is none. */
function headingAbove({ text, blocks }: Page, position: number): string | null {
  const heading = blocks.findLast(
    ({ kind, start, end }) =>
      kind === 'heading' && start <= position && end - start <= longestHeading,
  )
  if (heading === undefined) return null
  return text.slice(heading.start, heading.end).replace(/\s+/gu, ' ').trim()
}
