import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import { throwIfAborted } from '../../../../shared/errors.ts'
import { BundledPdfAssets } from './pdfAssets.ts'

/** A PDF whose pages can be drawn. */
export interface PdfDrawing {
  /** Size of a page in points, after rotation. */
  size(page: number): Promise<{ readonly width: number; readonly height: number }>
  /**
   * Draws a page.
   *
   * @param pixels width of the result in device pixels.
   * @throws `cancelled` when the signal is aborted; pdf.js's own errors when the page is damaged.
   */
  draw(page: number, pixels: number, signal: AbortSignal): Promise<HTMLCanvasElement>
  dispose(): void
}

/** Limit of pixels per page: 16 million take 64 MB, and more isn't visibly sharper. */
const mostPixels = 16_000_000

/**
 * Opens a PDF with pdf.js (Mozilla) in its own worker. Scripts, forms and links in the file are
 * inactive, and everything is fetched from the window's own origin.
 */
export async function openPdfDrawing(url: string, signal: AbortSignal): Promise<PdfDrawing> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs')
  throwIfAborted(signal)
  // Started here and not by pdf.js, which would wrap a worker from a custom scheme into a blob.
  const port = new Worker(workerUrl, { type: 'module' })
  const task = pdfjs.getDocument({
    url,
    worker: pdfjs.PDFWorker.create({ port }),
    BinaryDataFactory: BundledPdfAssets,
    useWorkerFetch: false,
    cMapPacked: true,
    isEvalSupported: false,
    enableXfa: false,
    useSystemFonts: false,
    // Only read what visible pages need, even of large files.
    disableAutoFetch: true,
    disableStream: true,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  })
  const dispose = (): void => {
    void task.destroy().finally(() => port.terminate())
  }
  signal.addEventListener('abort', dispose, { once: true })
  try {
    const document = await task.promise
    throwIfAborted(signal)
    return {
      size: (page) => sizeOf(document, page),
      draw: (page, pixels, drawSignal) => draw(document, page, pixels, drawSignal),
      dispose,
    }
  } catch (error) {
    dispose()
    throw error
  } finally {
    signal.removeEventListener('abort', dispose)
  }
}

async function sizeOf(document: PDFDocumentProxy, number: number) {
  const page = await document.getPage(number)
  const { width, height } = page.getViewport({ scale: 1 })
  return { width, height }
}

async function draw(
  document: PDFDocumentProxy,
  number: number,
  pixels: number,
  signal: AbortSignal,
): Promise<HTMLCanvasElement> {
  const page = await document.getPage(number)
  throwIfAborted(signal)
  const natural = page.getViewport({ scale: 1 })
  const wished = pixels / natural.width
  const most = Math.sqrt(mostPixels / (natural.width * natural.height))
  const viewport = page.getViewport({ scale: Math.min(wished, most) })
  const canvas = window.document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(viewport.width))
  canvas.height = Math.max(1, Math.round(viewport.height))
  const rendering = page.render({ canvas, viewport, background: '#ffffff' })
  const cancel = (): void => rendering.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    await rendering.promise
    return canvas
  } catch (error) {
    freeCanvas(canvas)
    throwIfAborted(signal)
    throw error
  } finally {
    signal.removeEventListener('abort', cancel)
    page.cleanup()
  }
}

/** Frees a canvas's memory at once, without waiting for garbage collection. */
export function freeCanvas(canvas: HTMLCanvasElement): void {
  canvas.width = 0
  canvas.height = 0
}
