import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import { formatId } from './formats.ts'
import { leavesOutText, leftOut, leftOutWords } from './leftOut.ts'
import { labelRun } from './pageLabels.ts'
import { renamedKey } from './renamedKey.ts'

/** Every state that a file in the library can be in. */
export const documentStates = [
  'queued',
  'reading',
  'indexing',
  'indexed',
  'unchanged',
  'partly-read',
  'failed',
] as const
export const documentState = z.enum(documentStates)
export type DocumentState = z.infer<typeof documentState>

/** Why a file could not be read, or not wholly: a sentence that a person can act on. */
export const documentReason = z.object({ code: z.enum(errorCodes), message: z.string() }).readonly()
export type DocumentReason = z.infer<typeof documentReason>

/** One row of the ledger: one file that was imported, and how far it has come. */
export const libraryDocument = z
  .preprocess(
    renamedKey('content', 'contentId'),
    z.object({
      id: z.string(),
      name: z.string(),
      /** Path of the original; null when Penknife keeps the only copy (uploads). */
      path: z.string().nullable(),
      format: formatId.nullable(),
      state: documentState,
      reason: documentReason.nullable(),
      /** Hash of the content that can be searched now; null as long as there is none. */
      contentId: z.string().nullable(),
      bytes: z.number().int().nonnegative(),
      /** Modification time of the original in milliseconds since 1970. */
      modifiedMs: z.number(),
      pages: z.number().int().nonnegative(),
      chunks: z.number().int().nonnegative(),
      words: z.number().int().nonnegative(),
      /** ISO 639-1, the one with the most text first; absent where they were not looked for. */
      languages: z.array(z.string()).readonly().optional(),
      /** Whether a person named the language, which is then not looked for. */
      isLanguageNamed: z.boolean().default(false),
      /** Pages that contain no text (pictures of text) or could not be read. */
      unreadPages: z.array(z.number().int()).readonly(),
      /** What else was not read; absent where that is not known. A kind of a later version is forgotten. */
      leftOut: z.array(leftOut).readonly().optional().catch(undefined),
      /** What is printed on its pages as their numbers; absent where that is not known. */
      pageLabels: z.array(labelRun).readonly().optional(),
      collections: z.array(z.string()).readonly(),
      /** ISO 8601. */
      importedAt: z.string(),
    }),
  )
  .readonly()
export type LibraryDocument = z.infer<typeof libraryDocument>

export const collection = z.object({ id: z.string(), name: z.string() }).readonly()
export type Collection = z.infer<typeof collection>

/** Whether text of a document that was read is missing. */
export function isPartlyRead(
  row: Pick<LibraryDocument, 'unreadPages' | 'reason' | 'leftOut'>,
): boolean {
  return row.unreadPages.length > 0 || row.reason !== null || leavesOutText(row.leftOut)
}

/** Why a document was not read, or what of it was not, in sentences; null if there is nothing to say. */
export function readingNote({
  reason,
  leftOut: parts,
}: Pick<LibraryDocument, 'reason' | 'leftOut'>): string | null {
  const note = [reason?.message ?? '', leftOutWords(parts)]
    .filter((words) => words !== '')
    .join(' ')
  return note === '' ? null : note
}

/** Whether a question can find this document. */
export function isSearchable(row: Pick<LibraryDocument, 'contentId'>): boolean {
  return row.contentId !== null
}

/** Whether work on this document is still to be done. */
export function isPending(state: DocumentState): boolean {
  return state === 'queued' || state === 'reading' || state === 'indexing'
}

/** The document as a member of a collection; itself where it is one already. */
export function withCollection(row: LibraryDocument, collection: string): LibraryDocument {
  return row.collections.includes(collection)
    ? row
    : { ...row, collections: [...row.collections, collection] }
}
