import { isFoundByNumber, numberedPlace } from '../../shared/domain/documentPlace.ts'
import type { LibraryDocument } from '../../shared/domain/libraryDocument.ts'
import type { Passage } from './retrieval.ts'

/** A passage with what the prompt says about its place. */
export interface TitledPassage extends Passage {
  /** As in `[n]`: 1 is the best that was found. It is the passage's as long as it is spoken of. */
  readonly number: number
  readonly title: string
  /** `page 3`, `page iv (6 of 20)` or `slide 3`; null where there is only one, and where the heading names the place. */
  readonly place: string | null
}

/** Finds the document that a content belongs to. */
export type DocumentOf = (contentId: string) => LibraryDocument | undefined

/**
 * Titles and numbers passages, in their order. Passages of deleted documents are left out.
 *
 * @param passages best first.
 */
export function withTitles(passages: readonly Passage[], documentOf: DocumentOf): TitledPassage[] {
  const titled = passages.flatMap((passage) => {
    const document = documentOf(passage.contentId)
    if (document === undefined) return []
    const { name, format, pages } = document
    const place =
      pages > 1 && isFoundByNumber(format) ? numberedPlace(document, passage.page) : null
    return [{ ...passage, place, title: titleOf(name, passage.heading) }]
  })
  return titled.map((passage, index) => ({ ...passage, number: index + 1 }))
}

/** The name, and the innermost heading where there is room for it in a title. */
function titleOf(name: string, heading: string): string {
  const innermost = heading.split(' › ').at(-1) ?? ''
  const both = innermost === '' ? name : `${name}: ${innermost}`
  return both.length <= 60 ? both : name
}
