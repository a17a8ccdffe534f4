import type { AppContract } from '../../shared/contract/index.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import type { Library } from '../documents/library.ts'
import type { SampleLibrary } from '../documents/sampleLibrary.ts'
import type { TextSearch } from '../documents/reading/textSearch.ts'

export function createDocumentHandlers(deps: {
  readonly library: Library
  readonly sample: SampleLibrary
  readonly search: TextSearch
}): Handlers<AppContract>['documents'] {
  const { library, sample, search } = deps
  return {
    list: () => library.list(),
    changes: (listener) => library.onChanges(listener),
    import: ({ items, collection }, { signal }) => library.import(items, collection, signal),
    importSample: () => sample.import(),
    progress: () => library.progress(),
    progressChanged: (listener) => library.onProgress(listener),
    pause: () => library.pause(),
    resume: () => library.resume(),
    cancel: () => library.cancel(),
    retry: ({ ids }) => library.retry(ids),
    nameLanguage: ({ ids, language }) => library.nameLanguage(ids, language),
    remove: ({ ids }) => library.remove(ids),
    restore: ({ ids }) => library.restore(ids),
    pages: ({ id, from, count }) => library.pages(id, from, count),
    find: ({ id, text }) => library.find(id, text),
    search: ({ text }) => search.search(text),
    quotes: ({ text, matches }) => search.quote(text, matches),
    passages: ({ id }) => library.passages(id),
    createCollection: ({ name }) => library.createCollection(name),
    renameCollection: ({ id, name }) => library.renameCollection(id, name),
    deleteCollection: ({ id }) => library.deleteCollection(id),
    assign: ({ ids, collection, member }) => library.assign(ids, collection, member),
    collectionsChanged: (listener) => library.onCollections(listener),
  }
}
