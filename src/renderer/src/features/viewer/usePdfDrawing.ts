import { useEffect, useState } from 'react'
import { isCancelled } from '../../../../shared/errors.ts'
import type { PageLayout } from '../../../../shared/domain/page.ts'
import { openPdfDrawing, type PdfDrawing } from './pdfDrawing.ts'

export type DrawingState =
  | { readonly status: 'none' | 'opening' }
  | { readonly status: 'ready'; readonly drawing: PdfDrawing }
  /** Why the pages can't be drawn, as a sentence. */
  | { readonly status: 'failed'; readonly problem: string }

/** Tolerance in points between a page's size and the stored one. */
const tolerance = 1

/**
 * Opens the original of a document for drawing, and closes it when it is no longer needed.
 *
 * @param sample a stored layout: a page of another size means that the file has changed since it
 * was read, and stored places would mark the wrong words.
 */
export function usePdfDrawing(
  documentId: string,
  wanted: boolean,
  sample: PageLayout | null,
): DrawingState {
  const [state, setState] = useState<DrawingState>({ status: 'none' })
  const ready = wanted && sample !== null
  useEffect(() => {
    if (!ready) return
    const controller = new AbortController()
    let opened: PdfDrawing | null = null
    const open = async (): Promise<void> => {
      setState({ status: 'opening' })
      try {
        const url = new URL(`files/${encodeURIComponent(documentId)}`, document.baseURI).href
        opened = await openPdfDrawing(url, controller.signal)
        const size = await opened.size(sample.page)
        if (controller.signal.aborted) return
        const same =
          Math.abs(size.width - sample.width) <= tolerance &&
          Math.abs(size.height - sample.height) <= tolerance
        setState(
          same
            ? { status: 'ready', drawing: opened }
            : { status: 'failed', problem: 'The file has changed since it was read.' },
        )
      } catch (error) {
        if (isCancelled(error) || controller.signal.aborted) return
        setState({ status: 'failed', problem: 'The original file could not be opened.' })
      }
    }
    void open()
    return () => {
      controller.abort()
      opened?.dispose()
    }
    // Only the first known layout is used.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [documentId, ready])
  return state
}
