import path from 'node:path'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'

/** A long folder name says no more, and the names are repeated in each passage. */
const longestSource = 200

/**
 * The words by which a document is asked for besides its text: the names of its file, without the ending,
 * and of its folder.
 *
 * @param rows all documents of one content, which may have several names.
 */
export function sourceOf(rows: readonly Pick<LibraryDocument, 'name' | 'path'>[]): string {
  const names = rows.flatMap(({ name, path: file }) => {
    const folder = file === null ? '' : path.basename(path.dirname(file))
    return [path.parse(name).name, folder]
  })
  return [...new Set(names.filter((name) => name !== ''))]
    .map((name) =>
      name
        .normalize('NFC')
        .replaceAll('_', ' ')
        .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' '),
    )
    .join('\n')
    .slice(0, longestSource)
}
