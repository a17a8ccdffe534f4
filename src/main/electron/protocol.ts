import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { protocol, type Session } from 'electron'
import { contentSecurityPolicy, dataPolicy, securityHeaders } from '../shell/contentSecurity.ts'
import { openOriginal } from '../shell/originalFile.ts'
import { createStaticFiles } from '../shell/staticFiles.ts'
import { isOwnUrl, scheme } from './origin.ts'

export interface PageSource {
  /** Folder of the built window. */
  readonly rendererDir: string
  readonly originalFile: (id: string) => string | null
}

/** Registers the window's scheme with Chromium. Call it before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** Answers the window's requests: the page's own files, and `files/ID` for a document's original. */
export function servePage(session: Session, source: PageSource): void {
  const findStatic = createStaticFiles(source.rendererDir)
  session.protocol.handle(scheme, async (request) => {
    if (!isOwnUrl(request.url) || request.method !== 'GET') return answer(404)
    const { pathname } = new URL(request.url)
    const id = /^\/files\/([\w-]{1,128})$/.exec(pathname)?.[1]
    if (id !== undefined) return answerOriginal(source.originalFile(id))
    const page = findStatic(pathname)
    if (page === undefined) return answer(404)
    return answer(200, await readFile(page.file), {
      'Content-Type': page.contentType,
      'Content-Security-Policy': contentSecurityPolicy(null),
    })
  })
}

async function answerOriginal(file: string | null): Promise<Response> {
  const original = file === null ? null : await openOriginal(file)
  if (original === null) return answer(404)
  const { handle, size, headers } = original
  // The stream closes the handle on success and on failure.
  const stream = Readable.toWeb(handle.createReadStream({ start: 0 })) as ReadableStream<Uint8Array>
  return answer(200, stream, {
    ...headers,
    'Content-Length': String(size),
    'Content-Security-Policy': dataPolicy,
  })
}

function answer(
  status: number,
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null = null,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body as ConstructorParameters<typeof Response>[0], {
    status,
    headers: { ...securityHeaders, 'Cache-Control': 'no-store', ...headers },
  })
}
