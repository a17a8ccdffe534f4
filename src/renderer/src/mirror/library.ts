import type { DocumentChanges } from '../../../shared/contract/documents.ts'
import type { Collection, LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

export interface Library {
  /** By id; documents that did not change keep their identity. */
  readonly documents: ReadonlyMap<string, LibraryDocument>
  readonly collections: readonly Collection[]
}

/** An import sends many events per second, and each makes the list be sorted again. */
const gatherMs = 250

/** The documents and collections. */
export function mirrorLibrary(
  { documents }: Pick<Api, 'documents'>,
  tell: Tell,
): Mirrored<Library> {
  return createMirrored<Library>(
    {
      initial: { documents: new Map(), collections: [] },
      async load() {
        const found = await documents.list()
        return {
          documents: new Map(found.documents.map((row) => [row.id, row])),
          collections: found.collections,
        }
      },
      follow: (change) => [
        documents.changes((changes) => change((before) => withChanges(before, changes))),
        documents.collectionsChanged((collections) =>
          change((before) => ({ ...before, collections })),
        ),
      ],
      gatherMs,
      sentence: 'The list of documents could not be read. Restart Penknife and look again.',
    },
    tell,
  )
}

function withChanges(before: Library, { changed, removed }: DocumentChanges): Library {
  const documents = new Map(before.documents)
  for (const id of removed) documents.delete(id)
  for (const row of changed) documents.set(row.id, row)
  return { ...before, documents }
}
