import { useCallback, useEffect, useRef, useState } from 'react'
import { isCancelled } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'
import type { Hit } from './marks.ts'

export interface Find {
  readonly text: string
  readonly hits: readonly Hit[]
  /** Index of the current hit; -1 if there is none. */
  readonly at: number
  readonly status: 'idle' | 'searching' | 'done' | 'failed'
  setText(text: string): void
  step(by: 1 | -1): void
  clear(): void
}

const settleMs = 150
const none: readonly Hit[] = []

/**
 * Search inside one document.
 *
 * @param fromPage the current page: the first hit from there on is shown first.
 */
export function useFind(
  api: Pick<Api, 'documents'>,
  id: string,
  fromPage: () => number,
  onHit: (hit: Hit, index: number) => void,
): Find {
  const [text, setText] = useState('')
  const [hits, setHits] = useState(none)
  const [at, setAt] = useState(-1)
  const [status, setStatus] = useState<Find['status']>('idle')
  const latest = useRef({ fromPage, onHit })
  useEffect(() => {
    latest.current = { fromPage, onHit }
  })

  useEffect(() => {
    if (text.trim() === '') return
    const controller = new AbortController()
    const search = async (): Promise<void> => {
      try {
        const found = await api.documents.find({ id, text }, { signal: controller.signal })
        const page = latest.current.fromPage()
        const next = found.findIndex((hit) => hit.page >= page)
        const index = found.length === 0 ? -1 : Math.max(0, next)
        setHits(found)
        setAt(index)
        setStatus('done')
        const hit = found[index]
        if (hit !== undefined) latest.current.onHit(hit, index)
      } catch (error) {
        if (!isCancelled(error)) setStatus('failed')
      }
    }
    const timer = setTimeout(() => void search(), settleMs)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [api, id, text])

  const change = useCallback((next: string) => {
    setText(next)
    setStatus(next.trim() === '' ? 'idle' : 'searching')
    if (next.trim() === '') {
      setHits(none)
      setAt(-1)
    }
  }, [])

  function step(by: 1 | -1): void {
    if (hits.length === 0) return
    const next = (at + by + hits.length) % hits.length
    const hit = hits[next]
    setAt(next)
    if (hit !== undefined) onHit(hit, next)
  }

  return { text, hits, at, status, setText: change, step, clear: () => change('') }
}
