import type { LibraryDocument } from '../../shared/domain/libraryDocument.ts'
import type { Passage } from './retrieval.ts'

/** A passage with what the prompt says about where it stands. */
export interface Evidence {
  readonly passage: Passage
  readonly title: string
  /** null for documents of a single page. */
  readonly page: number | null
}

/** Finds the document that a content belongs to. */
export type DocumentOf = (content: string) => LibraryDocument | undefined

export function toEvidence(passages: readonly Passage[], documentOf: DocumentOf): Evidence[] {
  return passages.flatMap((passage) => {
    const document = documentOf(passage.content)
    if (document === undefined) return []
    const page = document.pages > 1 ? passage.page : null
    return [{ passage, page, title: titleOf(document.name, passage.heading) }]
  })
}

/** The name, and the innermost heading where there is room for it in a title. */
function titleOf(name: string, heading: string): string {
  const innermost = heading.split(' › ').at(-1) ?? ''
  const both = innermost === '' ? name : `${name}: ${innermost}`
  return both.length <= 60 ? both : name
}
