import { isPending, type LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { indexAgain, type RepairDeps } from '../checking/repairDocument.ts'
import type { Ledger } from '../store/ledger.ts'

export interface NameLanguageDeps extends Omit<RepairDeps, 'ledger'> {
  readonly ledger: RepairDeps['ledger'] & Pick<Ledger, 'onChange'>
}

/**
 * Corrects the language of documents, for all with the same content: their stored text is cut and indexed
 * again, after what is under way with them.
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
    await untilSettled(contentId, ledger)
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

/** What is being indexed now would be entered with the language that it was cut in. */
async function untilSettled(contentId: string, ledger: NameLanguageDeps['ledger']): Promise<void> {
  while (ledger.ofContent(contentId).some(({ state }) => isPending(state))) {
    await new Promise<void>((resolve) => {
      const stop = ledger.onChange(() => {
        stop()
        resolve()
      })
    })
  }
}
