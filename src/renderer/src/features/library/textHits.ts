import { useEffect, useState } from 'react'
import type { DocumentHit } from '../../../../shared/contract/documents.ts'
import type { Api } from '../../api/api.ts'

export type TextHits = ReadonlyMap<string, DocumentHit>

const noHits: TextHits = new Map()
/** Milliseconds without a key before the documents are searched. */
const pauseMs = 160
/** One letter is in every document. */
const shortest = 2

/**
 * The documents whose text holds some words, by id. While one types on, the hits of the words before
 * stay, so that the table does not flicker.
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
