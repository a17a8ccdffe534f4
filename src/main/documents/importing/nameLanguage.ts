import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { indexAgain, type RepairDeps } from '../checking/repairDocument.ts'

export type NameLanguageDeps = Pick<
  RepairDeps,
  'ledger' | 'contents' | 'lost' | 'uploads' | 'enqueue'
>

/**
 * Corrects the language of documents, for all with the same content: their stored text is cut and indexed
 * again.
 *
 * @param language ISO 639-1; null: it is found again.
 */
export async function nameLanguage(
  ids: readonly string[],
  language: string | null,
  deps: NameLanguageDeps,
): Promise<void> {
  const { ledger } = deps
  const contents = new Set(ids.flatMap((id) => ledger.get(id)?.contentId ?? []))
  const languages = language === null ? [] : [language]
  for (const contentId of contents) {
    const sharers = ledger.ofContent(contentId)
    const named = sharers.map((row): LibraryDocument => ({
      ...row,
      languages,
      isLanguageNamed: language !== null,
    }))
    await ledger.put(named)
    const [first] = named
    if (first !== undefined) await indexAgain(first, contentId, deps)
  }
}
