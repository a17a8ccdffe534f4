import type { Page } from '../../../shared/domain/page.ts'
import { countLeftOut, type LeftOutKind } from '../../../shared/domain/leftOut.ts'
import { AppError } from '../../../shared/errors.ts'
import { decodeText } from '../../files/decodeText.ts'
import type { IncludedPart, WordParts } from './docx/wordParts.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'
import type { TextBlock } from './textBlock.ts'

/** Documents within documents; real ones are one deep. */
const deepest = 3

/** Word documents since 2007, and what other programs write like them. Pictures and charts are counted, not read. */
export function parseDocx(bytes: Uint8Array, context: ParseContext): Promise<ParsedPages> {
  return parseWord(bytes, context, 0)
}

async function parseWord(
  bytes: Uint8Array,
  context: ParseContext,
  depth: number,
): Promise<ParsedPages> {
  const { limits, signal } = context
  const [{ openZipParts }, { unreadParts }, { readWordParts }, { readWord }] = await Promise.all([
    import('../../files/zipParts.ts'),
    import('./xml/unreadParts.ts'),
    import('./docx/wordParts.ts'),
    import('./docx/readWord.ts'),
  ])
  const zip = await openZipParts(bytes, limits, signal)
  const parts = await readWordParts(zip, (part) => decodeText(part, limits))
  if (parts === null) {
    throw new AppError(
      'document-unreadable',
      'There is no document in this Word file. It may be damaged: open it in Word and save it again.',
    )
  }
  const builder = createPageBuilder()
  const leftOut = [...(await unreadParts(zip, (part) => decodeText(part, limits)))]
  const included = await readIncluded(parts, context, depth + 1, leftOut)
  const once = new Set<LeftOutKind>()
  const onLeftOut = (kind: LeftOutKind): void => {
    if (kind === 'struck-text') leftOut.push(kind)
    else once.add(kind)
  }
  builder.addBlocks(readWord(parts, included, onLeftOut))
  return singlePage(builder.build(1), countLeftOut([...leftOut, ...once]))
}

/** What diagrams and other documents within it say (ECMA-376, part 1, 11.3.1 and 15.2.13). */
async function readIncluded(
  { included }: WordParts,
  context: ParseContext,
  depth: number,
  leftOut: LeftOutKind[],
): Promise<ReadonlyMap<string, readonly TextBlock[]>> {
  const { readDiagram } = await import('./story/readDiagram.ts')
  const found = new Map<string, readonly TextBlock[]>()
  for (const [id, { kind, name, bytes }] of included) {
    if (kind === 'diagram') found.set(id, readDiagram(await decodeText(bytes, context.limits)))
    else found.set(id, await readChunk({ name, bytes }, context, depth, leftOut))
  }
  return found
}

/** A web page, a text or another Word document; what it is of another kind is told, not read. */
async function readChunk(
  { name, bytes }: Pick<IncludedPart, 'name' | 'bytes'>,
  context: ParseContext,
  depth: number,
  leftOut: LeftOutKind[],
): Promise<readonly TextBlock[]> {
  const { limits } = context
  if (/\.x?html?$/iu.test(name)) {
    const { collectBlocks, outdatedText } = await import('./html/collectBlocks.ts')
    const { declaredEncoding } = await import('./html/declaredEncoding.ts')
    const page = collectBlocks(await decodeText(bytes, limits, declaredEncoding(bytes)))
    leftOut.push(...outdatedText(page))
    return page.blocks
  }
  if (/\.txt$/iu.test(name)) {
    return [{ kind: 'paragraph', text: await decodeText(bytes, limits) }]
  }
  if (!/\.do[ct][xm]$/iu.test(name) || depth > deepest) {
    leftOut.push('included-part')
    return [placeOf(name)]
  }
  const { pages } = await parseWord(bytes, context, depth)
  return pages.flatMap(pageBlocks)
}

function placeOf(name: string): TextBlock {
  const file = name.slice(name.lastIndexOf('/') + 1)
  return { kind: 'paragraph', text: `[A part of this document could not be read: ${file}]` }
}

function pageBlocks({ text, blocks }: Page): readonly TextBlock[] {
  return blocks.map(({ kind, start, end, level }) => ({
    kind,
    text: text.slice(start, end),
    ...(level === undefined ? {} : { level }),
  }))
}
