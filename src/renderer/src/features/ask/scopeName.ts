import type { Scope } from '../../../../shared/domain/conversation.ts'
import { nameAmong } from '../../../../shared/domain/fileNames.ts'
import {
  isSearchable,
  type Collection,
  type LibraryDocument,
} from '../../../../shared/domain/libraryDocument.ts'
import { plural } from '../../ui/format.ts'

export interface ScopeNames {
  readonly collections: readonly Collection[]
  readonly documents: ReadonlyMap<string, LibraryDocument>
}

/** A scope in words for a chip. */
export function scopeName(scope: Scope, { collections, documents }: ScopeNames): string {
  switch (scope.kind) {
    case 'all':
      return 'All documents'
    case 'none':
      return 'No documents'
    case 'collections': {
      const [first] = scope.ids
      if (scope.ids.length !== 1) return plural(scope.ids.length, 'collection')
      return collections.find(({ id }) => id === first)?.name ?? 'Deleted collection'
    }
    case 'documents': {
      const [first = ''] = scope.ids
      if (scope.ids.length !== 1) return plural(scope.ids.length, 'document')
      const only = documents.get(first)
      return only === undefined ? 'Removed document' : nameAmong(only, documents.values())
    }
  }
}

/** Whether a scope includes all searchable documents. */
export function coversAll(scope: Scope, documents: ReadonlyMap<string, LibraryDocument>): boolean {
  const isIn = ({ id, collections }: LibraryDocument): boolean =>
    scope.kind === 'all' ||
    (scope.kind === 'documents' && scope.ids.includes(id)) ||
    (scope.kind === 'collections' && collections.some((one) => scope.ids.includes(one)))
  return [...documents.values()].every((row) => !isSearchable(row) || isIn(row))
}
