import type { Scope } from '../../../shared/domain/conversation.ts'
import { nameToldApart } from '../../../shared/domain/fileNames.ts'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { assertNever } from '../../../shared/errors.ts'
import type { Ledger } from './ledger.ts'

/** Translates the scope of a question to contents. */
export interface Scopes {
  /** The contents that a question may be answered from; undefined: no restriction. */
  readonly contentsIn: (scope: Scope) => ReadonlySet<string> | undefined
  /** Whether a content belongs to a document in the library. */
  readonly isLive: (contentId: string) => boolean
  /** The document of a content, within a scope if several share it. */
  readonly documentOf: (contentId: string, scope?: Scope) => LibraryDocument | undefined
  /** The same, its name told from others alike by its folder. */
  readonly citedDocument: (contentId: string) => LibraryDocument | undefined
  /** Name of a document, told from others alike by its folder. */
  readonly nameToldApart: (row: LibraryDocument) => string
}

export function createScopes(ledger: Ledger): Scopes {
  const toldApart = (row: LibraryDocument): string => nameToldApart(row, ledger.ofName(row.name))
  return {
    nameToldApart: toldApart,
    citedDocument(contentId) {
      const [row] = ledger.ofContent(contentId)
      return row === undefined ? undefined : { ...row, name: toldApart(row) }
    },
    contentsIn: (scope) =>
      scope.kind === 'all'
        ? undefined
        : new Set(rowsIn(ledger, scope).flatMap(({ contentId }) => contentId ?? [])),
    isLive: (contentId) => ledger.ofContent(contentId).length > 0,
    documentOf(contentId, scope) {
      const sharers = ledger.ofContent(contentId)
      if (scope === undefined || scope.kind === 'all') return sharers[0]
      const inScope = new Set(rowsIn(ledger, scope).map(({ id }) => id))
      return sharers.find(({ id }) => inScope.has(id))
    },
  }
}

function rowsIn(ledger: Ledger, scope: Scope): readonly LibraryDocument[] {
  switch (scope.kind) {
    case 'all':
      return ledger.list()
    case 'none':
      return []
    case 'documents':
      return scope.ids.flatMap((id) => ledger.get(id) ?? [])
    case 'collections':
      return ledger.list().filter((row) => scope.ids.some((id) => row.collections.includes(id)))
    default:
      return assertNever(scope)
  }
}
