import { compareNames } from '../../../../shared/domain/localFormat.ts'
import {
  documentStates,
  isPending,
  type LibraryDocument,
} from '../../../../shared/domain/libraryDocument.ts'
import type { TextMatches } from './textHits.ts'
import { kindOf } from './libraryWords.ts'

export type ColumnId = 'name' | 'kind' | 'pages' | 'passages' | 'state' | 'collection' | 'imported'

export interface Sort {
  readonly column: ColumnId
  readonly descending: boolean
}

export type StateFilter = 'all' | 'ready' | 'pending' | 'partly-read' | 'failed'

export interface Filter {
  /** Words to find in the name or the text. */
  readonly words: string
  readonly state: StateFilter
  /** Id of a collection; `all`, or `none` for documents in no collection. */
  readonly collection: string
}

export const noFilter: Filter = { words: '', state: 'all', collection: 'all' }

const noHits: TextMatches = new Map()

/**
 * The documents that match a filter by name or text, sorted. Ties are sorted by name.
 *
 * @param sort null for best first: documents with the words in their name, then by the score of
 * their text.
 */
export function libraryRows(
  documents: Iterable<LibraryDocument>,
  filter: Filter,
  sort: Sort | null,
  collectionNames: ReadonlyMap<string, string>,
  hits: TextMatches = noHits,
): readonly LibraryDocument[] {
  const words = filter.words.normalize('NFC').toLocaleLowerCase().split(/\s+/u).filter(Boolean)
  const rows = [...documents].filter(
    (document) =>
      (hasWords(document, words) || hits.has(document.id)) &&
      isInState(document, filter.state) &&
      isInCollection(document, filter.collection),
  )
  const key = sort === null ? rankAmong(words, hits) : sortKey(sort.column, collectionNames)
  const keyed = rows.map((document) => ({ document, key: key(document) }))
  const direction = sort?.descending === true ? -1 : 1
  keyed.sort(
    (one, other) =>
      direction * compare(one.key, other.key) ||
      compareNames(one.document.name, other.document.name),
  )
  return keyed.map(({ document }) => document)
}

function compare(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : compareNames(String(one), String(other))
}

function sortKey(
  column: ColumnId,
  collectionNames: ReadonlyMap<string, string>,
): (document: LibraryDocument) => string | number {
  switch (column) {
    case 'name':
      return ({ name }) => name
    case 'kind':
      return kindOf
    case 'pages':
      return ({ pages }) => pages
    case 'passages':
      return ({ chunks }) => chunks
    case 'state':
      return ({ state }) => documentStates.indexOf(state)
    case 'collection':
      return ({ collections }) => collections.map((id) => collectionNames.get(id) ?? '').join(' ')
    case 'imported':
      return ({ importedAt }) => Date.parse(importedAt)
  }
}

/** The rank by the best hit; matches in the name come first. */
function rankAmong(
  words: readonly string[],
  hits: TextMatches,
): (document: LibraryDocument) => number {
  const ranks = new Map([...hits.keys()].map((id, rank) => [id, rank]))
  return (document) => {
    const rank = ranks.get(document.id) ?? hits.size
    return hasWords(document, words) ? rank - hits.size - 1 : rank
  }
}

function hasWords({ name }: LibraryDocument, words: readonly string[]): boolean {
  const lower = name.toLocaleLowerCase()
  return words.every((word) => lower.includes(word))
}

/** Whether a document belongs to a group of states. */
export function isInState({ state }: LibraryDocument, filter: StateFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'ready':
      return state === 'indexed' || state === 'unchanged'
    case 'pending':
      return isPending(state)
    case 'partly-read':
    case 'failed':
      return state === filter
  }
}

function isInCollection({ collections }: LibraryDocument, filter: string): boolean {
  if (filter === 'all') return true
  return filter === 'none' ? collections.length === 0 : collections.includes(filter)
}
