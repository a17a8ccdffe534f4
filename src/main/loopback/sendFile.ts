import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { contentSecurityPolicy, dataPolicy } from '../shell/contentSecurity.ts'
import { openOriginal } from '../shell/originalFile.ts'
import type { StaticFile } from '../shell/staticFiles.ts'
import { parseByteRange } from './byteRange.ts'

/** Sends one of the window's own files. */
export async function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  { file, contentType, immutable }: StaticFile,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': contentType,
    'Content-Security-Policy': contentSecurityPolicy(`ws://${request.headers.host ?? ''}`),
    'Cache-Control': immutable ? 'private, max-age=31536000, immutable' : 'no-store',
  })
  if (request.method === 'HEAD') response.end()
  else await stream(createReadStream(file), response)
}

/**
 * Sends a document's original, or the requested range of it.
 *
 * @param file null: the document no longer has an original.
 */
export async function sendOriginal(
  request: IncomingMessage,
  response: ServerResponse,
  file: string | null,
): Promise<void> {
  const original = file === null ? null : await openOriginal(file)
  if (original === null) {
    response.writeHead(404, { 'Cache-Control': 'no-store' })
    response.end()
    return
  }
  const { handle, size, headers } = original
  const range = parseByteRange(request.headers.range, size)
  response.setHeaders(
    new Map(
      Object.entries({
        ...headers,
        'Content-Security-Policy': dataPolicy,
        'Cache-Control': 'no-store',
        'Accept-Ranges': 'bytes',
      }),
    ),
  )
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${String(size)}` })
  } else if (range === undefined) {
    response.writeHead(200, { 'Content-Length': size })
  } else {
    const { start, end } = range
    response.writeHead(206, {
      'Content-Length': end - start + 1,
      'Content-Range': `bytes ${String(start)}-${String(end)}/${String(size)}`,
    })
  }
  if (range === 'unsatisfiable' || request.method === 'HEAD' || size === 0) {
    await handle.close()
    response.end()
    return
  }
  // The stream closes the handle on success and on failure.
  await stream(handle.createReadStream(range ?? { start: 0, end: size - 1 }), response)
}

async function stream(source: NodeJS.ReadableStream, response: ServerResponse): Promise<void> {
  try {
    await pipeline(source, response)
  } catch (error) {
    // A window that closes during the download isn't an error.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'ECONNRESET' && code !== 'EPIPE')
      throw error
  }
}
