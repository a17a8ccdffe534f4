import type { Page } from '../../../shared/domain/page.ts'
import { countLeftOut } from '../../../shared/domain/leftOut.ts'
import { AppError } from '../../../shared/errors.ts'
import { decodeText } from '../../files/decodeText.ts'
import type { ParseContext, ParsedPages } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'
import type { TextBlock } from './textBlock.ts'

/** PowerPoint presentations since 2007. Each slide is a page; pictures, charts and comments are counted, not read. */
export async function parsePptx(
  bytes: Uint8Array,
  { limits, signal, onPage }: ParseContext,
): Promise<ParsedPages> {
  const [zipParts, { unreadParts }, { readSlideParts }, { readSlide }, { readDiagram }] =
    await Promise.all([
      import('../../files/zipParts.ts'),
      import('./xml/unreadParts.ts'),
      import('./pptx/slideParts.ts'),
      import('./pptx/readSlide.ts'),
      import('./story/readDiagram.ts'),
    ])
  const zip = await zipParts.openZipParts(bytes, limits, signal)
  const read = async (name: string): Promise<string | null> => {
    const part = await zip.read(name)
    return part === null ? null : decodeText(part, limits)
  }
  const parts = await readSlideParts(read)
  if (parts.length === 0) {
    throw new AppError('document-empty', 'There is no slide in this presentation.')
  }
  const pages: Page[] = []
  const leftOut = [...(await unreadParts(zip, (part) => decodeText(part, limits)))]
  const onStruck = (): void => void leftOut.push('struck-text')
  for (const { slide, notes, diagrams } of parts) {
    const builder = createPageBuilder()
    const words = new Map<string, readonly TextBlock[]>()
    for (const [id, part] of diagrams) words.set(id, readDiagram((await read(part)) ?? ''))
    const diagram = (id: string): readonly TextBlock[] => words.get(id) ?? []
    builder.addBlocks(readSlide((await read(slide)) ?? '', { diagram, onStruck }))
    // What the speaker says is not on the slide.
    const said =
      notes === null ? [] : readSlide((await read(notes)) ?? '', { diagram: () => [], onStruck })
    for (const { text } of said) builder.add('quote', `Notes: ${text.replace(/^\s*- /, '')}`)
    pages.push(builder.build(pages.length + 1))
    onPage(pages.length, parts.length)
  }
  return { pages, layouts: [], unreadPages: [], leftOut: countLeftOut(leftOut) }
}
