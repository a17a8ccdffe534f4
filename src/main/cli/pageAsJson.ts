import { pageName } from '../../shared/domain/documentPlace.ts'
import type { LibraryDocument } from '../../shared/domain/libraryDocument.ts'

/**
 * A page in JSON: `page` is what is printed on it where that differs from its number in the file,
 * `pageNumber`.
 *
 * @param document undefined if it is gone.
 */
export function pageAsJson(
  document: LibraryDocument | undefined,
  page: number,
): { readonly page: string | number; readonly pageNumber: number } {
  const name = document === undefined ? String(page) : pageName(document, page)
  return { page: name === String(page) ? page : name, pageNumber: page }
}
