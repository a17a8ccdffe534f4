import { memo, useEffect, useRef, useState } from 'react'
import { farthestEnd } from '../../../../shared/domain/page.ts'
import { isCancelled } from '../../../../shared/errors.ts'
import { classNames } from '../../ui/classNames.ts'
import type { ViewerPage } from './documentPages.ts'
import { boundingBox, highlightBoxes, type Box } from './highlightBoxes.ts'
import { revealKey, type MarksByPage, type PageMark } from './marks.ts'
import { freeCanvas, type PdfDrawing } from './pdfDrawing.ts'
import './DrawnPage.css'

export interface DrawnPageProps {
  readonly drawing: PdfDrawing
  readonly number: number
  readonly name: string
  /** The page in words: `page 4`. */
  readonly place: string
  /** All that are loaded: a sentence of an earlier page may end on this one. */
  readonly pages: ReadonlyMap<number, ViewerPage>
  readonly marks: MarksByPage
  /** In CSS pixels. */
  readonly width: number
  readonly height: number
}

/** Milliseconds without a change of size before a page is drawn again. */
const settleMs = 140

/** One page: its image, with marks at the positions that were stored at the import. */
export const DrawnPage = memo(function DrawnPage(props: DrawnPageProps) {
  const { drawing, number, name, place, width, height } = props
  const holder = useRef<HTMLDivElement | null>(null)
  const drawn = useRef<HTMLCanvasElement | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const show = async (): Promise<void> => {
      try {
        const canvas = await drawing.draw(number, width * window.devicePixelRatio, signal)
        if (signal.aborted) {
          freeCanvas(canvas)
          return
        }
        if (drawn.current !== null) freeCanvas(drawn.current)
        drawn.current = canvas
        holder.current?.replaceChildren(canvas)
        setFailed(false)
      } catch (error) {
        if (!isCancelled(error) && !signal.aborted) setFailed(true)
      }
    }
    // The first drawing is immediate; during resizing the old one is stretched.
    const timer = setTimeout(() => void show(), drawn.current === null ? 0 : settleMs)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [drawing, number, width])

  useEffect(
    () => () => {
      if (drawn.current !== null) freeCanvas(drawn.current)
      drawn.current = null
    },
    [],
  )

  return (
    <div className="viewer-drawn" data-page={number} style={{ width, height }}>
      <div ref={holder} className="viewer-canvas" role="img" aria-label={`${name}, ${place}`} />
      {failed && (
        <p className="viewer-undrawn">
          This page could not be drawn. Choose Text to read what is stored of it.
        </p>
      )}
      <PageMarks {...props} />
    </div>
  )
})

/** The marks of a page, and those of a sentence that began on a page before it. */
function PageMarks({ number, pages, marks, width }: DrawnPageProps) {
  const pageWidth = pages.get(number)?.layout?.width ?? 0
  if (pageWidth === 0) return null
  const near = Array.from({ length: farthestEnd + 1 }, (_, at) => number - farthestEnd + at)
  const drawn = near.flatMap((one) => drawnMarks(pages.get(one), marks.get(one), number))
  return (
    <div className="viewer-boxes" aria-hidden>
      {drawn.map(({ mark, boxes, isContinued }) => (
        <MarkBoxes
          key={`${mark.layer} ${mark.index}`}
          mark={mark}
          boxes={boxes}
          isContinued={isContinued}
          scale={width / pageWidth}
        />
      ))}
    </div>
  )
}

interface DrawnMark {
  readonly mark: PageMark
  readonly boxes: readonly Box[]
  /** Whether it begins on a page before. */
  readonly isContinued: boolean
}

function drawnMarks(
  page: ViewerPage | undefined,
  marks: readonly PageMark[] = [],
  number: number,
): readonly DrawnMark[] {
  const layout = page?.layout ?? null
  if (page === undefined || layout === null) return []
  return marks.flatMap((mark) => {
    const lines = highlightBoxes(layout, page.text, mark, number)
    if (lines.length === 0) return []
    const isContinued = page.page !== number && highlightBoxes(layout, page.text, mark).length > 0
    return [{ mark, boxes: boxesOf(mark, lines), isContinued }]
  })
}

/** A passage is framed as a whole; words are marked line by line. */
function boxesOf(mark: PageMark, lines: readonly Box[]): readonly Box[] {
  const frame = mark.layer === 'passage' ? boundingBox(lines) : null
  return frame === null ? lines : [frame]
}

function MarkBoxes({ mark, boxes, isContinued, scale }: DrawnMark & { readonly scale: number }) {
  return boxes.map((box, index) => (
    <div
      key={index}
      className={classNames('viewer-box', `is-${mark.layer}`, box.vertical && 'is-vertical')}
      data-reveal={index === 0 && !isContinued ? (revealKey(mark) ?? undefined) : undefined}
      data-label={mark.layer === 'passage' && !isContinued ? mark.index + 1 : undefined}
      style={{
        left: box.left * scale,
        top: box.top * scale,
        width: box.width * scale,
        height: box.height * scale,
      }}
    />
  ))
}
