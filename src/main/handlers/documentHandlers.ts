import type { AppContract } from '../../shared/contract/index.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import type { Library } from '../documents/library.ts'
import type { SampleLibrary } from '../documents/sampleLibrary.ts'
import type { SearchDocuments } from '../documents/reading/textSearch.ts'

export function createDocumentHandlers(deps: {
  readonly library: Library
  readonly sample: SampleLibrary
  readonly search: SearchDocuments
}): Handlers<AppContract>['documents'] {
  const { library, sample, search } = deps
  return {
    list: () => library.list(),
    changes: (listener) => library.onChanges(listener),
    import: ({ items, collection }, { signal }) => library.import(items, collection, signal),
    importSample: () => sample.import(),
    progress: () => library.progress(),
    progressChanged: (listener) => library.onProgress(listener),
    pause() {
      library.pause()
      return null
    },
    resume() {
      library.resume()
      return null
    },
    async cancel() {
      await library.cancel()
      return null
    },
    async retry({ ids }) {
      await library.retry(ids)
      return null
    },
    async remove({ ids }) {
      await library.remove(ids)
      return null
    },
    async restore({ ids }) {
      await library.restore(ids)
      return null
    },
    pages: ({ id, from, count }) => library.pages(id, from, count),
    find: ({ id, text }) => library.find(id, text),
    search: ({ text }) => search(text),
    passages: ({ id }) => library.passages(id),
    createCollection: ({ name }) => library.createCollection(name),
    renameCollection: ({ id, name }) => library.renameCollection(id, name),
    async deleteCollection({ id }) {
      await library.deleteCollection(id)
      return null
    },
    async assign({ ids, collection, member }) {
      await library.assign(ids, collection, member)
      return null
    },
    collectionsChanged: (listener) => library.onCollections(listener),
  }
}
