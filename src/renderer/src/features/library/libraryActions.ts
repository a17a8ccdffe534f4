import type { Collection, LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import {
  languageName,
  toLanguageCode,
  type LanguageCode,
} from '../../../../shared/domain/language/languageNames.ts'
import type { Scope } from '../../../../shared/domain/conversation.ts'
import type { Api } from '../../api/api.ts'
import { showError, showToast } from '../../ui/toasts.ts'
import { plural } from '../../ui/format.ts'

export interface LibraryActions {
  readonly remove: (documents: readonly LibraryDocument[]) => void
  readonly retry: (documents: readonly LibraryDocument[]) => void
  /** Corrects the language of a document; null: it is found again. */
  readonly nameLanguage: (document: LibraryDocument, language: LanguageCode | null) => void
  readonly assign: (
    documents: readonly LibraryDocument[],
    collection: Collection,
    member: boolean,
  ) => void
  /** Creates a collection with these documents, which may be none. */
  readonly createCollection: (name: string, documents: readonly LibraryDocument[]) => void
  readonly renameCollection: (collection: Collection, name: string) => void
  readonly deleteCollection: (collection: Collection) => void
  readonly importSample: () => void
  readonly ask: (documents: readonly LibraryDocument[]) => void
}

/** Creates the library's actions. Each shows a message about its result or error. */
export function createLibraryActions(
  api: Pick<Api, 'documents'>,
  onAsk: (scope: Scope) => void,
): LibraryActions {
  const { documents: calls } = api
  const run = (work: () => Promise<void>, fallback: string): void => {
    work().catch((error: unknown) => showError(error, fallback))
  }
  const ids = (documents: readonly LibraryDocument[]): string[] => documents.map(({ id }) => id)

  return {
    remove(documents) {
      run(async () => {
        await calls.remove({ ids: ids(documents) })
        showToast(`${named(documents)} removed from the library.`, {
          undo: () =>
            run(async () => {
              await calls.restore({ ids: ids(documents) })
            }, 'This could not be undone. Import the files again.'),
        })
      }, 'The documents could not be removed. Try again.')
    },
    retry(documents) {
      run(async () => {
        await calls.retry({ ids: ids(documents) })
      }, 'The documents could not be read again. Try once more.')
    },
    nameLanguage(document, language) {
      const change = (to: LanguageCode | null): Promise<void> =>
        calls.nameLanguage({ ids: [document.id], language: to })
      const before = document.isLanguageNamed ? toLanguageCode(document.languages?.[0]) : null
      run(async () => {
        await change(language)
        const what = language === null ? 'found again' : `set to ${languageName(language)}`
        showToast(`The language of ${document.name} is ${what}.`, {
          undo: () =>
            run(async () => {
              await change(before)
            }, 'This could not be undone. Choose the language again.'),
        })
      }, 'The language could not be changed. Try again.')
    },
    assign(documents, collection, member) {
      const change = (now: boolean): Promise<void> =>
        calls.assign({ ids: ids(documents), collection: collection.id, member: now })
      run(async () => {
        await change(member)
        const where = member ? `added to ${collection.name}` : `taken out of ${collection.name}`
        showToast(`${named(documents)} ${where}.`, {
          undo: () =>
            run(async () => {
              await change(!member)
            }, 'This could not be undone.'),
        })
      }, `${collection.name} could not be changed. Try again.`)
    },
    createCollection(name, documents) {
      run(async () => {
        const made = await calls.createCollection({ name })
        if (documents.length === 0) return
        await calls.assign({ ids: ids(documents), collection: made.id, member: true })
        showToast(`${named(documents)} added to ${name}.`)
      }, 'The collection could not be made. Try again.')
    },
    renameCollection(collection, name) {
      run(async () => {
        await calls.renameCollection({ id: collection.id, name })
      }, 'The collection could not be renamed. Try again.')
    },
    deleteCollection(collection) {
      run(async () => {
        await calls.deleteCollection({ id: collection.id })
        showToast(`${collection.name} deleted. Its documents are still in the library.`)
      }, 'The collection could not be deleted. Try again.')
    },
    importSample() {
      run(async () => {
        await calls.importSample()
      }, 'The sample library could not be added. Try again.')
    },
    ask(documents) {
      onAsk({ kind: 'documents', ids: ids(documents) })
    },
  }
}

function named(documents: readonly LibraryDocument[]): string {
  const [only] = documents
  return documents.length === 1 && only !== undefined
    ? only.name
    : plural(documents.length, 'document')
}
