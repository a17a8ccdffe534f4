import { createRequire } from 'node:module'
import path from 'node:path'
import type * as Pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs'
import { AppError } from '../../../../shared/errors.ts'
import { encryptedFile } from '../../../files/encryptedFile.ts'

export interface OpenPdf {
  readonly document: Pdfjs.PDFDocumentProxy
  close(): Promise<void>
}

/**
 * Opens a PDF for reading its text. Scripts in it never run and nothing is fetched: fonts and
 * character maps come from the installed library.
 *
 * @throws AppError `document-encrypted`, `document-unreadable`.
 */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  const pdfjs = await loadPdfjs()
  const library = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const task = pdfjs.getDocument({
    // pdf.js takes the buffer over; a copy keeps the caller's bytes.
    data: new Uint8Array(bytes),
    cMapUrl: path.join(library, 'cmaps') + path.sep,
    cMapPacked: true,
    standardFontDataUrl: path.join(library, 'standard_fonts') + path.sep,
    wasmUrl: path.join(library, 'wasm') + path.sep,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    enableXfa: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  })
  try {
    const document = await task.promise
    return {
      document,
      close: async () => {
        await task.destroy()
      },
    }
  } catch (error) {
    await task.destroy()
    if (error instanceof Error && error.name === 'PasswordException') {
      throw encryptedFile(error)
    }
    throw damaged(error)
  }
}

export function damaged(cause: unknown): AppError {
  return new AppError(
    'document-unreadable',
    'This PDF is damaged and could not be read. Try to open it in a PDF viewer and save it again.',
    { cause },
  )
}

let loading: Promise<typeof Pdfjs> | undefined

function loadPdfjs(): Promise<typeof Pdfjs> {
  // pdf.js makes one of these for its canvas as soon as it is loaded. Nothing is drawn here, so a
  // name is all it needs.
  const globals = globalThis as Record<string, unknown>
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) globals[name] ??= Object
  loading ??= import('pdfjs-dist/legacy/build/pdf.mjs')
  return loading
}
