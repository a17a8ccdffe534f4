import path from 'node:path'
import type { ZipParts } from '../../../files/zipParts.ts'
import { AppError } from '../../../../shared/errors.ts'
import { readXml } from '../xml/readXml.ts'

/** The names of a book's chapters in its container, in reading order. */
export async function readSpine(
  zip: ZipParts,
  read: (name: string) => Promise<string | null>,
): Promise<readonly string[]> {
  const opf = packageOf((await read('META-INF/container.xml')) ?? '', zip.names)
  const chapters = opf === null ? [] : chaptersOf(opf, (await read(opf)) ?? '')
  const locked = encryptedParts((await read('META-INF/encryption.xml')) ?? '')
  if (chapters.some((name) => locked.has(name))) {
    throw new AppError(
      'document-encrypted',
      'This e-book is copy-protected, so its text cannot be read. Add a copy without protection.',
    )
  }
  return chapters
}

function packageOf(container: string, names: readonly string[]): string | null {
  const found: string[] = []
  readXml(container, {
    open(name, attributes) {
      const place = attributes['full-path']
      if (name === 'rootfile' && place !== undefined) found.push(place)
    },
    close: () => undefined,
    text: () => undefined,
  })
  return found[0] ?? names.find((name) => name.endsWith('.opf')) ?? null
}

/** EPUB 3.3, 5: the spine names items of the manifest. */
function chaptersOf(opf: string, xml: string): readonly string[] {
  const items = new Map<string, string>()
  const spine: string[] = []
  readXml(xml, {
    open(name, { id, href, idref, 'media-type': type }) {
      if (name === 'item' && id !== undefined && href !== undefined) {
        if (type === undefined || /xhtml|html/i.test(type)) items.set(id, href)
      } else if (name === 'itemref' && idref !== undefined) spine.push(idref)
    },
    close: () => undefined,
    text: () => undefined,
  })
  const chapters = spine.flatMap((id) => items.get(id) ?? [])
  return [...new Set(chapters)].map((href) => resolve(opf, href))
}

/** Fonts are often scrambled, which does not keep anybody from reading. */
function encryptedParts(xml: string): ReadonlySet<string> {
  const parts = new Set<string>()
  readXml(xml, {
    open(name, { URI: uri }) {
      if (name === 'CipherReference' && uri !== undefined) parts.add(resolve('', uri))
    },
    close: () => undefined,
    text: () => undefined,
  })
  return parts
}

/** References are percent-encoded; names in a container are not. */
function resolve(from: string, href: string): string {
  const plain = href.replace(/[?#].*$/, '')
  return path.posix.join(path.posix.dirname(from), decodePercent(plain))
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}
