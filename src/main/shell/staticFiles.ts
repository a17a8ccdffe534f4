import { readdirSync } from 'node:fs'
import path from 'node:path'

export interface StaticFile {
  /** Absolute path. */
  readonly file: string
  readonly contentType: string
  /** Its name contains a hash of its content, so that it can be cached without limit. */
  readonly immutable: boolean
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * The window's files, by the pathname of their address. They are listed once, and requests are
 * looked up in that list: no file path is built from a request, so path traversal is impossible.
 *
 * @param root folder of the built window.
 * @returns the file behind a decoded or undecoded pathname, or undefined.
 */
export function createStaticFiles(root: string): (pathname: string) => StaticFile | undefined {
  const files = new Map<string, StaticFile>()
  for (const relative of listFiles(root)) {
    const pathname = `/${relative.join('/')}`
    files.set(pathname, {
      file: path.join(root, ...relative),
      contentType: contentTypes[path.extname(pathname).toLowerCase()] ?? 'application/octet-stream',
      immutable: pathname.startsWith('/assets/'),
    })
  }
  return (pathname) => files.get(pathname === '/' ? '/index.html' : decoded(pathname))
}

function listFiles(directory: string, above: readonly string[] = []): (readonly string[])[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const name = [...above, entry.name]
    if (entry.isDirectory()) return listFiles(path.join(directory, entry.name), name)
    return entry.isFile() ? [name] : []
  })
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    // Not valid percent-encoding, so it isn't a file's name.
    return ''
  }
}
