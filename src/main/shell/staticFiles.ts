import { readdirSync } from 'node:fs'
import path from 'node:path'

export interface StaticFile {
  /** Absolute path. */
  readonly file: string
  readonly contentType: string
  /** Its name holds a hash of its content, so that it can be kept for ever. */
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
 * The window's files, by the path of their address. They are listed once, and a request only ever
 * looks a name up in that list: no path is made from what a request says, so none can lead out.
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
    // Not valid percent-encoding, so it is no file's name either.
    return ''
  }
}
