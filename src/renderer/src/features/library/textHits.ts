import { useCallback, useEffect, useRef, useState } from 'react'
import type { DocumentHit, DocumentMatch } from '../../../../shared/contract/documents.ts'
import { mostItems } from '../../../../shared/domain/limits.ts'
import type { Api } from '../../api/api.ts'

/** The documents whose text matches, by id, best first. */
export type TextMatches = ReadonlyMap<string, DocumentMatch>

export interface TextHits {
  readonly matches: TextMatches
  /** The best sentences of those that have been in view, by id. */
  readonly quotes: ReadonlyMap<string, DocumentHit>
  /** Says which documents are in view: their sentences are asked for. */
  readonly show: (ids: readonly string[]) => void
}

interface Found {
  readonly text: string
  readonly matches: TextMatches
}

const nothing: Found = { text: '', matches: new Map() }
/** Milliseconds without a key before the documents are searched. */
const pauseMs = 160
/** Shortest query in characters: a single letter is in every document. */
const shortest = 2

/**
 * The documents whose text contains some words. During typing the previous ones stay, and so do their
 * sentences until the new ones are there, so that the table doesn't flicker.
 */
export function useTextHits(
  api: Pick<Api, 'documents'>,
  words: string,
  onError: (error: unknown) => void,
): TextHits {
  const [latest, setFound] = useState(nothing)
  const text = words.trim()
  const searched = text.length >= shortest
  useEffect(() => {
    if (!searched) return
    let wanted = true
    const timer = setTimeout(() => {
      api.documents.search({ text }).then(
        (matches) => {
          const byId = new Map(matches.map((match) => [match.document, match]))
          if (wanted) setFound({ text, matches: byId })
        },
        (error: unknown) => {
          if (wanted) onError(error)
        },
      )
    }, pauseMs)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [api, text, searched, onError])
  const found = searched ? latest : nothing
  return { matches: found.matches, ...useQuotes(api, found, onError) }
}

/** The sentences of the documents in view. */
function useQuotes(
  api: Pick<Api, 'documents'>,
  found: Found,
  onError: (error: unknown) => void,
): Pick<TextHits, 'quotes' | 'show'> {
  const [quotes, setQuotes] = useState<ReadonlyMap<string, DocumentHit>>(new Map())
  const [shown, setShown] = useState<readonly string[]>([])
  const asked = useRef({ found, ids: new Set<string>() })
  useEffect(() => {
    if (asked.current.found !== found) asked.current = { found, ids: new Set() }
    const { ids } = asked.current
    const matches = shown
      .flatMap((id) => found.matches.get(id) ?? [])
      .filter(({ document }) => !ids.has(document))
      .slice(0, mostItems.quotes)
    if (matches.length === 0) return
    for (const { document } of matches) ids.add(document)
    api.documents.quotes({ text: found.text, matches }).then(
      (hits) => {
        if (asked.current.found === found) setQuotes((before) => replace(before, matches, hits))
      },
      (error: unknown) => {
        if (asked.current.found === found) onError(error)
      },
    )
  }, [api, found, shown, onError])
  const show = useCallback((ids: readonly string[]) => {
    setShown((before) => (areSame(before, ids) ? before : ids))
  }, [])
  return { quotes, show }
}

function replace(
  before: ReadonlyMap<string, DocumentHit>,
  asked: readonly DocumentMatch[],
  hits: readonly DocumentHit[],
): ReadonlyMap<string, DocumentHit> {
  const quotes = new Map(before)
  for (const { document } of asked) quotes.delete(document)
  for (const hit of hits) quotes.set(hit.document, hit)
  return quotes
}

function areSame(before: readonly string[], now: readonly string[]): boolean {
  return before.length === now.length && now.every((id, index) => before[index] === id)
}
