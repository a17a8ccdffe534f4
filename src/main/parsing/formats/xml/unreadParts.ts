import type { LeftOutKind } from '../../../../shared/domain/leftOut.ts'
import type { ZipParts } from '../../../files/zipParts.ts'
import { readRelationships, relationshipsPart } from './relationships.ts'
import { readXml } from './readXml.ts'

const pictures = /\.(?:png|jpe?g|jfif|gif|bmp|tiff?|webp|emf|wmf)$/iu
const recordings = /\.(?:mp[34]|m4[av]|wav|wm[av]|avi|mov|ogg|webm)$/iu
const charts = /\/charts\/chart(?:ex)?\d*\.xml$/iu

/** Parts that have several things in them, one an element. */
const lists: readonly {
  readonly part: RegExp
  readonly element: string
  readonly kind: LeftOutKind
}[] = [
  // Newer comments are in both places, older ones in the first alone.
  { part: /^xl\/comments[^/]*\.xml$/iu, element: 'comment', kind: 'comment' },
  { part: /^ppt\/comments\/[^/]+\.xml$/iu, element: 'cm', kind: 'comment' },
]

/**
 * What is in an Office file (or an OpenDocument spreadsheet) and not read by any reader, an item a
 * piece: pictures, charts, files within it, comments and text boxes on sheets.
 */
export async function unreadParts(
  zip: ZipParts,
  decode: (bytes: Uint8Array) => Promise<string>,
): Promise<readonly LeftOutKind[]> {
  const read = async (name: string): Promise<string> => {
    const bytes = await zip.read(name)
    return bytes === null ? '' : decode(bytes)
  }
  const found: LeftOutKind[] = []
  const dataOfCharts = new Set<string>()
  for (const name of zip.names.filter((one) => charts.test(`/${one}`))) {
    found.push('chart')
    const links = readRelationships(name, await read(relationshipsPart(name)))
    for (const { target } of links) dataOfCharts.add(target)
  }
  for (const name of zip.names) {
    const kind = kindOfPart(name)
    if (kind !== null && !dataOfCharts.has(name)) found.push(kind)
    for (const { part, element, kind: item } of lists) {
      if (part.test(name)) found.push(...countElements(await read(name), element).map(() => item))
    }
    if (/^xl\/drawings\/drawing\d*\.xml$/iu.test(name)) {
      found.push(...textBoxes(await read(name)))
    }
  }
  return found
}

function kindOfPart(name: string): LeftOutKind | null {
  if (/(?:^|\/)(?:media|Pictures)\/[^/]+$/u.test(name)) {
    return pictures.test(name) ? 'picture' : recordings.test(name) ? 'recording' : null
  }
  if (/(?:^|\/)embeddings\/[^/]+$/u.test(name)) return 'embedded-file'
  return /^Object \d+\/content\.xml$/u.test(name) ? 'embedded-file' : null
}

/** The pictures among the files of an e-book. */
export function picturesOf(names: readonly string[]): readonly LeftOutKind[] {
  return names.filter((name) => pictures.test(name)).map(() => 'picture')
}

function countElements(xml: string, element: string): readonly string[] {
  const found: string[] = []
  readXml(xml, {
    open(name) {
      if (name === element) found.push(name)
    },
    close: () => undefined,
    text: () => undefined,
  })
  return found
}

/** Shapes of a drawing that say something. */
function textBoxes(xml: string): readonly LeftOutKind[] {
  const found: LeftOutKind[] = []
  let says = false
  let inText = false
  readXml(xml, {
    open(name) {
      if (name === 'sp') says = false
      inText = name === 't'
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'sp' && says) found.push('text-box')
    },
    text(text) {
      says ||= inText && text.trim() !== ''
    },
  })
  return found
}
