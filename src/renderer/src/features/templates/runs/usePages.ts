import { useCallback, useEffect, useRef, useState } from 'react'
import { isCancelled } from '../../../../../shared/errors.ts'

const pageSize = 100

export interface Pages<Item> {
  /** null until the first page is loaded. */
  readonly total: number | null
  readonly at: (index: number) => Item | undefined
  /** Requests the visible items. */
  readonly need: (from: number, to: number) => void
}

export type FetchPage<Item> = (
  from: number,
  count: number,
  signal: AbortSignal,
) => Promise<{ readonly total: number; readonly items: readonly Item[] }>

/**
 * A long list of which only the visible pages are fetched.
 *
 * @param key identifies the list and its state. When it changes the list is loaded again, and the
 * old items are shown until then.
 * @param fetch loads a page; the latest function is used.
 */
export function usePages<Item>(
  key: string,
  fetch: FetchPage<Item>,
  onError: (error: unknown) => void,
): Pages<Item> {
  const [state, setState] = useState<{
    readonly total: number | null
    readonly pages: ReadonlyMap<number, readonly Item[]>
  }>({ total: null, pages: new Map() })
  const asked = useRef(new Set<number>())
  const seen = useRef<readonly [number, number]>([0, 0])
  const load = useRef<(page: number) => void>(() => undefined)
  const latest = useRef({ fetch, onError })
  useEffect(() => {
    latest.current = { fetch, onError }
  })

  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    asked.current = new Set()
    let fresh = true
    load.current = (page) => {
      if (asked.current.has(page)) return
      asked.current.add(page)
      latest.current.fetch(page * pageSize, pageSize, signal).then(
        ({ total, items }) => {
          if (signal.aborted) return
          const first = fresh
          fresh = false
          setState((before) => ({
            total,
            pages: new Map([...(first ? [] : before.pages), [page, items]]),
          }))
        },
        (error: unknown) => {
          asked.current.delete(page)
          if (!signal.aborted && !isCancelled(error)) latest.current.onError(error)
        },
      )
    }
    const [from, to] = seen.current
    for (let page = from; page <= to; page += 1) load.current(page)
    return () => controller.abort()
  }, [key])

  const need = useCallback((from: number, to: number) => {
    seen.current = [Math.floor(from / pageSize), Math.floor(Math.max(from, to) / pageSize)]
    const [first, last] = seen.current
    for (let page = first; page <= last; page += 1) load.current(page)
  }, [])
  const { total, pages } = state
  const at = useCallback(
    (index: number) => pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    [pages],
  )
  return { total, at, need }
}
