import { z } from 'zod'
import { collection, libraryDocument } from '../domain/libraryDocument.ts'
import { languageCodes } from '../domain/language/languageNames.ts'
import { longest, mostItems } from '../domain/limits.ts'
import { page, pageLayout, textRange } from '../domain/page.ts'
import { event, procedure } from '../rpc/contract.ts'

const documentIds = z.object({ ids: z.array(z.string()).max(100_000) })

/** A file to import: a path on this machine, or what was uploaded under an id. */
export const importItem = z.union([
  z.object({ path: z.string() }),
  z.object({ upload: z.string(), name: z.string() }),
])
export type ImportItem = z.infer<typeof importItem>

/** How far into a file that is being read; `pages` is null where their number is not known. */
export const pageProgress = z
  .object({ document: z.string(), page: z.number().int(), pages: z.number().int().nullable() })
  .readonly()
export type PageProgress = z.infer<typeof pageProgress>

export const importProgress = z
  .object({
    /** Files of the current import; all zero when nothing is under way. */
    total: z.number().int(),
    done: z.number().int(),
    failed: z.number().int(),
    current: z.string().nullable(),
    /** The file that is being read, once a page of it was. */
    reading: pageProgress.nullable(),
    paused: z.boolean(),
    /** Seconds; null as long as nothing can be said. */
    secondsLeft: z.number().nullable(),
  })
  .readonly()
export type ImportProgress = z.infer<typeof importProgress>

export const documentChanges = z
  .object({ changed: z.array(libraryDocument).readonly(), removed: z.array(z.string()).readonly() })
  .readonly()
export type DocumentChanges = z.infer<typeof documentChanges>

/** A document whose text contains what was searched for, and its best passage, numbered from 0. */
export const documentMatch = z
  .object({ document: z.string(), passage: z.number().int().nonnegative() })
  .readonly()
export type DocumentMatch = z.infer<typeof documentMatch>

/** The sentence of a match that fits what was searched for best. */
export const documentHit = textRange
  .unwrap()
  .extend({ document: z.string(), page: z.number().int(), quote: z.string() })
  .readonly()
export type DocumentHit = z.infer<typeof documentHit>

export const documents = {
  list: procedure({
    output: z.object({
      documents: z.array(libraryDocument).readonly(),
      collections: z.array(collection).readonly(),
    }),
  }),
  changes: event(documentChanges),

  /** Queues files and, recursively, folders. Answers as soon as they are in the ledger. */
  import: procedure({
    input: z.object({
      items: z.array(importItem).max(100_000),
      collection: z.string().nullable(),
    }),
    output: z.object({ queued: z.number().int(), skipped: z.number().int() }),
  }),
  /** Imports the bundled sample library into a collection of its own and names that. */
  importSample: procedure({ output: collection }),
  progress: procedure({ output: importProgress }),
  progressChanged: event(importProgress),
  pause: procedure({}),
  resume: procedure({}),
  /** Takes everything that is not yet indexed out of the queue. */
  cancel: procedure({}),
  retry: procedure({ input: documentIds }),
  /** Corrects the language of documents, which are indexed again; null: it is found again. */
  nameLanguage: procedure({
    input: documentIds.extend({ language: z.enum(languageCodes).nullable() }),
  }),
  /** Hides documents at once; they can be restored for ten seconds. */
  remove: procedure({ input: documentIds }),
  restore: procedure({ input: documentIds }),

  /** Stored pages `from` … `from + count - 1`, with the layout of those that can be drawn. */
  pages: procedure({
    input: z.object({
      id: z.string(),
      from: z.number().int().positive(),
      count: z.number().int().min(1).max(50),
    }),
    output: z.object({
      document: libraryDocument,
      /** Whether the original can be fetched from `files/ID` and drawn. */
      drawable: z.boolean(),
      total: z.number().int(),
      pages: z.array(page.unwrap().extend({ layout: pageLayout.nullable() })).readonly(),
    }),
  }),
  /** Every place where a document's stored text holds `text`, ignoring case, in order; at most 1,000. */
  find: procedure({
    input: z.object({ id: z.string(), text: z.string().min(1).max(longest.searchText) }),
    output: z.array(textRange.unwrap().extend({ page: z.number().int() })).readonly(),
  }),
  /** The documents that contain all words of a text in one passage, best first. */
  search: procedure({
    input: z.object({ text: z.string().min(1).max(longest.searchText) }),
    output: z.array(documentMatch).readonly(),
  }),
  /** The best sentences of some of the documents that a search found; those that are gone are left out. */
  quotes: procedure({
    input: z.object({
      text: z.string().min(1).max(longest.searchText),
      matches: z.array(documentMatch).max(mostItems.quotes).readonly(),
    }),
    output: z.array(documentHit).readonly(),
  }),
  /** The passages as they were cut. */
  passages: procedure({
    input: z.object({ id: z.string() }),
    output: z
      .array(
        textRange
          .unwrap()
          .extend({ page: z.number().int(), heading: z.string(), tokens: z.number().int() }),
      )
      .readonly(),
  }),

  createCollection: procedure({
    input: z.object({ name: z.string().min(1).max(longest.collection) }),
    output: collection,
  }),
  renameCollection: procedure({
    input: z.object({ id: z.string(), name: z.string().min(1).max(longest.collection) }),
    output: collection,
  }),
  /** Deletes the group, not its documents. */
  deleteCollection: procedure({ input: z.object({ id: z.string() }) }),
  assign: procedure({
    input: z.object({
      ids: z.array(z.string()).max(100_000),
      collection: z.string(),
      member: z.boolean(),
    }),
  }),
  collectionsChanged: event(z.array(collection).readonly()),
}
