import type { ZipParts } from '../../../files/zipParts.ts'
import { readRelationships, relationshipsPart, type Relationship } from '../xml/relationships.ts'

/** The parts of a Word document that contain text or formatting; blank where there is none. */
export interface WordParts {
  readonly document: string
  readonly styles: string
  readonly numbering: string
  readonly footnotes: string
  readonly endnotes: string
  readonly comments: string
  /** In the order in which the document names them, without those that are never shown. */
  readonly headers: readonly string[]
  readonly footers: readonly string[]
  /** Diagrams and documents within it, by the id of their relationship. */
  readonly included: ReadonlyMap<string, IncludedPart>
}

export interface IncludedPart {
  readonly kind: 'diagram' | 'document'
  readonly name: string
  readonly bytes: Uint8Array
}

/** @returns null if there is no document in it. */
export async function readWordParts(
  zip: ZipParts,
  decode: (bytes: Uint8Array) => Promise<string>,
): Promise<WordParts | null> {
  const read = async (name: string | undefined): Promise<string> => {
    const bytes = name === undefined ? null : await zip.read(name)
    return bytes === null ? '' : decode(bytes)
  }
  const packaged = readRelationships('', await read(relationshipsPart('')))
  const main = packaged.find(({ type }) => type === 'officeDocument')?.target ?? 'word/document.xml'
  const document = await read(main)
  if (document === '') return null
  const parts = readRelationships(main, await read(relationshipsPart(main)))
  const readAs = (type: string): Promise<string> =>
    read(parts.find((part) => part.type === type)?.target)
  const readShown = async (type: string): Promise<readonly string[]> => {
    const shown = parts.filter((part) => part.type === type && isNamed(document, part))
    const texts: string[] = []
    for (const { target } of shown) texts.push(await read(target))
    return texts
  }
  return {
    document,
    styles: await readAs('styles'),
    numbering: await readAs('numbering'),
    footnotes: await readAs('footnotes'),
    endnotes: await readAs('endnotes'),
    comments: await readAs('comments'),
    headers: await readShown('header'),
    footers: await readShown('footer'),
    included: await readIncluded(zip, parts),
  }
}

async function readIncluded(
  zip: ZipParts,
  parts: readonly Relationship[],
): Promise<ReadonlyMap<string, IncludedPart>> {
  const included = new Map<string, IncludedPart>()
  for (const { id, type, target } of parts) {
    if (type !== 'diagramData' && type !== 'aFChunk') continue
    const bytes = await zip.read(target)
    const kind = type === 'aFChunk' ? 'document' : 'diagram'
    if (bytes !== null) included.set(id, { kind, name: target, bytes })
  }
  return included
}

function isNamed(document: string, { id }: Relationship): boolean {
  return document.includes(`="${id}"`)
}
