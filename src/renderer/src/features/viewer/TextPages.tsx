import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { isDrawable } from '../../../../shared/domain/formats.ts'
import { classNames } from '../../ui/classNames.ts'
import type { DocumentPagesState, ViewerPage } from './documentPages.ts'
import type { PageMark } from './marks.ts'
import { reveal } from './reveal.ts'
import { SlabView } from './SlabView.tsx'
import { cutIntoSlabs, slabAt, type Slab } from './slabs.ts'
import type { PagesViewProps } from './viewProps.ts'
import './pages.css'
import './TextPages.css'

const none: readonly PageMark[] = []

/** The stored text of a document by pages, virtualised. */
export function TextPages({ state, marks, goal, label, onPage, ensure }: PagesViewProps) {
  const scroller = useRef<HTMLDivElement | null>(null)
  const slabs = useSlabs(state)
  // eslint-disable-next-line react-hooks/incompatible-library -- its methods are called while rendering and in effects only
  const virtualizer = useVirtualizer({
    count: slabs.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(slabs[index], scroller.current?.clientWidth ?? 400),
    getItemKey: (index) => keyOf(slabs[index], index),
    overscan: 3,
  })
  const items = virtualizer.getVirtualItems()
  const first = slabs[items[0]?.index ?? 0]?.page ?? 1
  const last = slabs[items.at(-1)?.index ?? 0]?.page ?? 1
  useEffect(() => {
    ensure(first, last)
  }, [ensure, first, last])

  // The scroll anchor: pages loaded above the visible text must not shift it.
  const anchor = useRef<{ page: number; start: number; offset: number } | null>(null)
  useLayoutEffect(() => {
    const kept = anchor.current
    if (kept === null || scroller.current === null) return
    const item = virtualizer.measurementsCache[slabAt(slabs, kept.page, kept.start)]
    if (item !== undefined) scroller.current.scrollTop = item.start + kept.offset
  }, [slabs, virtualizer])

  function onScroll(): void {
    const element = scroller.current
    if (element === null) return
    const top = virtualizer.getVirtualItemForOffset(element.scrollTop)
    const middle = virtualizer.getVirtualItemForOffset(element.scrollTop + element.clientHeight / 2)
    const slab = top === undefined ? undefined : slabs[top.index]
    if (top !== undefined && slab !== undefined) {
      const start = slab.pieces[0]?.start ?? 0
      anchor.current = { page: slab.page, start, offset: element.scrollTop - top.start }
    }
    const shown = middle === undefined ? undefined : slabs[middle.index]
    if (shown !== undefined) onPage(shown.page)
  }

  const latest = useRef(slabs)
  useLayoutEffect(() => {
    latest.current = slabs
  }, [slabs])
  useEffect(() => {
    const element = scroller.current
    if (element === null || goal === null) return
    const { page, start, key } = goal
    const align = key === null ? 'start' : 'center'
    return reveal(element, key ?? `page-${String(page)}`, () => {
      const index = slabAt(latest.current, page, start)
      if (index >= 0) virtualizer.scrollToIndex(index, { align })
    })
  }, [goal, virtualizer])

  return (
    <div
      ref={scroller}
      className="viewer-scroller"
      tabIndex={0}
      role="region"
      aria-label={label}
      onScroll={onScroll}
    >
      <div className="viewer-space" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const slab = slabs[item.index]
          if (slab === undefined) return null
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className="viewer-slot"
              style={{ transform: `translateY(${String(item.start)}px)` }}
            >
              <Paper
                slab={slab}
                page={state.pages.get(slab.page)}
                total={state.total}
                reflowed={isDrawable(state.document?.format ?? null)}
              >
                {marks.get(slab.page) ?? none}
              </Paper>
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Paper({
  slab,
  page,
  total,
  reflowed,
  children: pageMarks,
}: {
  readonly slab: Slab
  readonly page: ViewerPage | undefined
  readonly total: number
  /** Line breaks are from the page layout, not the author's. */
  readonly reflowed: boolean
  readonly children: readonly PageMark[]
}) {
  // A file without pages may have thousands of marks on its only page.
  const marks = useMemo(() => marksWithin(pageMarks, slab), [pageMarks, slab])
  return (
    <div
      className={classNames(
        'viewer-paper',
        slab.first && 'is-first',
        slab.last && 'is-last',
        reflowed && 'is-reflowed',
      )}
      data-page={slab.page}
    >
      {slab.first && total > 1 && (
        <div className="viewer-page-number faint num" aria-hidden>
          {slab.page}
        </div>
      )}
      {page === undefined && <p className="faint">Loading</p>}
      {page?.text.trim() === '' && <p className="faint">No text here.</p>}
      {page !== undefined && <SlabView slab={slab} text={page.text} marks={marks} />}
    </div>
  )
}

function marksWithin(marks: readonly PageMark[], { pieces }: Slab): readonly PageMark[] {
  const from = pieces[0]?.start ?? 0
  const to = pieces.at(-1)?.end ?? 0
  const within = marks.filter(({ start, end }) => start < to && end > from)
  return within.length === 0 ? none : within
}

const cut = new WeakMap<ViewerPage, readonly Slab[]>()

function useSlabs({ total, pages }: DocumentPagesState): readonly Slab[] {
  return useMemo(() => {
    const slabs: Slab[] = []
    for (let number = 1; number <= total; number += 1) {
      const page = pages.get(number)
      if (page === undefined) slabs.push({ page: number, first: true, last: true, pieces: [] })
      else {
        const known = cut.get(page) ?? cutIntoSlabs(page)
        cut.set(page, known)
        slabs.push(...known)
      }
    }
    return slabs
  }, [total, pages])
}

function keyOf(slab: Slab | undefined, index: number): string {
  if (slab === undefined) return String(index)
  return `${String(slab.page)}:${String(slab.pieces[0]?.start ?? 'waiting')}`
}

/** Estimated height in pixels from the number of characters; measured once rendered. */
function estimate(slab: Slab | undefined, width: number): number {
  const [first] = slab?.pieces ?? []
  if (slab === undefined || first === undefined) return 640
  const characters = (slab.pieces.at(-1)?.end ?? 0) - first.start
  const lines = characters / Math.max(20, (width - 80) / 7) + slab.pieces.length / 2
  return lines * 23 + (slab.first ? 34 : 0) + (slab.last ? 34 : 0)
}
