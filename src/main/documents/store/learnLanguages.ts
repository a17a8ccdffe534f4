import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'
import type { Ledger } from './ledger.ts'

/**
 * Enters the languages of documents whose rows don't have them: those of an earlier version, and those made
 * from stored text. The index has the language of each passage, so that no text has to be read for it.
 */
export async function learnLanguages(
  ledger: Pick<Ledger, 'list' | 'put'>,
  index: Pick<IndexInUse, 'current'>,
): Promise<void> {
  const { store } = index.current()
  const learned = ledger.list().flatMap((row): LibraryDocument[] => {
    if (row.languages !== undefined || row.contentId === null) return []
    const languages = store.languages(new Set([row.contentId]))
    return languages.length === 0 ? [] : [{ ...row, languages }]
  })
  if (learned.length > 0) await ledger.put(learned)
}
