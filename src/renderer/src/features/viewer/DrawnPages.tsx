import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { numberedPlace } from '../../../../shared/domain/documentPlace.ts'
import { farthestEnd } from '../../../../shared/domain/page.ts'
import { DrawnPage } from './DrawnPage.tsx'
import type { DocumentPagesState } from './documentPages.ts'
import { readableZoom, textExtent, textOffset } from './fitText.ts'
import type { PdfDrawing } from './pdfDrawing.ts'
import { reveal } from './reveal.ts'
import { useElementWidth } from './useElementWidth.ts'
import type { PagesViewProps } from './viewProps.ts'
import './pages.css'

export interface DrawnPagesProps extends PagesViewProps {
  readonly drawing: PdfDrawing
  /** Steps relative to the readable size. */
  readonly zoom: number
}

/** Pixels around and between pages. */
const margin = 16
const gap = 12
/** Factor of one zoom step. */
const zoomStep = 1.25

/** The pages of a PDF as images with marks; only visible ones are drawn. */
export function DrawnPages(props: DrawnPagesProps) {
  const { state, marks, goal, label, drawing, zoom, onPage, ensure } = props
  const scroller = useRef<HTMLDivElement | null>(null)
  const available = useElementWidth(scroller)
  // From the first loaded pages, so that the zoom doesn't change while scrolling.
  const [extent] = useState(() => textExtent(state.pages.values()))
  const room = available - 2 * margin
  const factor = readableZoom(extent, available) * zoomStep ** zoom
  const width = Math.max(120, room, Math.round((factor > 1 ? available : room) * factor))
  // eslint-disable-next-line react-hooks/incompatible-library -- its methods are called while rendering and in effects only
  const virtualizer = useVirtualizer({
    count: available === 0 ? 0 : state.total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => width * ratioOf(state, index + 1) + gap,
    paddingStart: margin,
    paddingEnd: margin,
    overscan: 1,
  })
  const items = virtualizer.getVirtualItems()
  const first = (items[0]?.index ?? 0) + 1
  const last = (items.at(-1)?.index ?? 0) + 1
  useEffect(() => {
    // The last sentence of a page before the first may end on it.
    if (available > 0) ensure(Math.max(1, first - farthestEnd), last)
  }, [ensure, first, last, available])

  // Heights are computed from the width, not measured: a new width rescales all of them.
  const before = useRef(width)
  useLayoutEffect(() => {
    virtualizer.measure()
    const element = scroller.current
    if (element !== null && before.current !== width) {
      element.scrollTop *= width / before.current
      before.current = width
    }
  }, [virtualizer, width, state.pages])
  useLayoutEffect(() => {
    if (scroller.current === null) return
    scroller.current.scrollLeft = margin + textOffset(extent, width, available)
  }, [extent, width, available])

  useEffect(() => {
    const element = scroller.current
    if (element === null || goal === null || available === 0) return
    const align = goal.key === null ? 'start' : 'center'
    return reveal(element, goal.key ?? `page-${String(goal.page)}`, () => {
      virtualizer.scrollToIndex(goal.page - 1, { align })
    })
    // A new width must not scroll back to the goal.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [goal, virtualizer, available === 0])

  function onScroll(): void {
    const element = scroller.current
    if (element === null) return
    const middle = virtualizer.getVirtualItemForOffset(element.scrollTop + element.clientHeight / 2)
    if (middle !== undefined) onPage(middle.index + 1)
  }

  return (
    <div
      ref={scroller}
      className="viewer-scroller is-drawn"
      tabIndex={0}
      role="region"
      aria-label={label}
      onScroll={onScroll}
    >
      <div
        className="viewer-space"
        style={{ height: virtualizer.getTotalSize(), minWidth: width + 2 * margin }}
      >
        {items.map((item) => (
          <div
            key={item.key}
            className="viewer-slot is-drawn"
            style={{ transform: `translateY(${String(item.start)}px)` }}
          >
            <DrawnPage
              drawing={drawing}
              number={item.index + 1}
              name={state.document?.name ?? ''}
              place={state.document === null ? '' : numberedPlace(state.document, item.index + 1)}
              pages={state.pages}
              marks={marks}
              width={width}
              height={width * ratioOf(state, item.index + 1)}
            />
          </div>
        ))}
      </div>
    </div>
  )
}

/** Height divided by width of a page: its own, else that of a known page, else A4's. */
function ratioOf(state: DocumentPagesState, number: number): number {
  const own = state.pages.get(number)?.layout ?? null
  if (own !== null && own.width > 0) return own.height / own.width
  for (const { layout } of state.pages.values()) {
    if (layout !== null && layout.width > 0) return layout.height / layout.width
  }
  return Math.SQRT2
}
