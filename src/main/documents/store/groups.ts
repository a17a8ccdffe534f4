import { withCollection, type Collection } from '../../../shared/domain/libraryDocument.ts'
import type { Collections } from './collections.ts'
import type { Ledger } from './ledger.ts'

/** Collections and their documents: names are in one file, memberships in the documents' rows. */
export interface Groups {
  createCollection(name: string): Promise<Collection>
  renameCollection(id: string, name: string): Promise<Collection>
  deleteCollection(id: string): Promise<void>
  assign(ids: readonly string[], collection: string, member: boolean): Promise<void>
  onCollections(listener: (collections: readonly Collection[]) => void): () => void
}

export function createGroups({
  ledger,
  collections,
}: {
  readonly ledger: Ledger
  readonly collections: Collections
}): Groups {
  return {
    createCollection: (name) => collections.create(name),
    renameCollection: (id, name) => collections.rename(id, name),
    async deleteCollection(id) {
      await collections.remove(id)
      await ledger.put(
        ledger
          .list()
          .filter((row) => row.collections.includes(id))
          .map((row) => ({ ...row, collections: row.collections.filter((one) => one !== id) })),
      )
    },
    async assign(ids, collection, member) {
      collections.get(collection)
      const rows = ids.flatMap((id) => ledger.get(id) ?? [])
      await ledger.put(
        rows.map((row) =>
          member
            ? withCollection(row, collection)
            : { ...row, collections: row.collections.filter((one) => one !== collection) },
        ),
      )
    },
    onCollections: (listener) => collections.onChange(listener),
  }
}
