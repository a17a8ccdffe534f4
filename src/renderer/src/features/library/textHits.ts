import { useEffect, useState } from 'react'
import type { DocumentHit } from '../../../../shared/contract/documents.ts'
import type { Api } from '../../api/api.ts'

export type TextHits = ReadonlyMap<string, DocumentHit>

const noHits: TextHits = new Map()
/** Milliseconds without a key before the documents are searched. */
const pauseMs = 160
/** Shortest query in characters: a single letter is in every document. */
const shortest = 2

/**
 * The documents whose text contains some words, by id. During typing the previous hits stay, so
 * that the table doesn't flicker.
 */
export function useTextHits(
  api: Pick<Api, 'documents'>,
  words: string,
  onError: (error: unknown) => void,
): TextHits {
  const [hits, setHits] = useState(noHits)
  const text = words.trim()
  const searched = text.length >= shortest
  useEffect(() => {
    if (!searched) return
    let wanted = true
    const timer = setTimeout(() => {
      api.documents.search({ text }).then(
        (found) => {
          if (wanted) setHits(new Map(found.map((hit) => [hit.document, hit])))
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
  return searched ? hits : noHits
}
