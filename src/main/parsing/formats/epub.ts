import type { Page } from '../../../shared/domain/page.ts'
import { countLeftOut } from '../../../shared/domain/leftOut.ts'
import { AppError } from '../../../shared/errors.ts'
import { decodeText } from '../../files/decodeText.ts'
import type { ParseContext, ParsedPages } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'

/** E-books. Each file of the book that contains text, usually a chapter, is a page. */
export async function parseEpub(
  bytes: Uint8Array,
  { limits, signal, onPage }: ParseContext,
): Promise<ParsedPages> {
  const [{ openZipParts }, { picturesOf }, { readSpine }, { collectBlocks, outdatedText }] =
    await Promise.all([
      import('../../files/zipParts.ts'),
      import('./xml/unreadParts.ts'),
      import('./epub/readBook.ts'),
      import('./html/collectBlocks.ts'),
    ])
  const zip = await openZipParts(bytes, limits, signal)
  const read = async (name: string): Promise<string | null> => {
    const part = await zip.read(name)
    return part === null ? null : decodeText(part, limits)
  }
  const chapters = await readSpine(zip, read)
  if (chapters.length === 0) {
    throw new AppError(
      'document-unreadable',
      'There is no text in this e-book, or the list of its chapters is damaged. Get another copy of it and add that.',
    )
  }
  const pages: Page[] = []
  const leftOut = [...picturesOf(zip.names)]
  for (const [index, name] of chapters.entries()) {
    const builder = createPageBuilder()
    const chapter = collectBlocks((await read(name)) ?? '', { xml: true })
    builder.addBlocks(chapter.blocks)
    leftOut.push(...outdatedText(chapter))
    const page = builder.build(pages.length + 1)
    if (page.blocks.length > 0) pages.push(page)
    onPage(index + 1, chapters.length)
  }
  return { pages, layouts: [], unreadPages: [], leftOut: countLeftOut(leftOut) }
}
