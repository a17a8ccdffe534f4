import { countLeftOut } from '../../../shared/domain/leftOut.ts'
import { decodeText } from '../../files/decodeText.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
import { declaredEncoding } from './html/declaredEncoding.ts'
import { createPageBuilder } from './pageBuilder.ts'

/** The first characters in which a page says that it is XHTML. */
const prologLength = 2048

/** Web pages that were saved as files. */
export async function parseHtml(bytes: Uint8Array, { limits }: ParseContext): Promise<ParsedPages> {
  const { collectBlocks } = await import('./html/collectBlocks.ts')
  const source = await decodeText(bytes, limits, declaredEncoding(bytes))
  const { title, blocks, leftOut } = collectBlocks(source, { xml: isXhtml(source) })
  const builder = createPageBuilder()
  // A page that names itself only in its title bar is still about that.
  if (!blocks.some(({ kind, level }) => kind === 'heading' && level === 1)) {
    builder.add('heading', title, 1)
  }
  builder.addBlocks(blocks)
  return singlePage(builder.build(1), countLeftOut(leftOut))
}

function isXhtml(source: string): boolean {
  const prolog = source.slice(0, prologLength)
  return /^\s*<\?xml\b|<!doctype[^>]+\bxhtml\b|<html\b[^>]*\bxmlns\s*=/iu.test(prolog)
}
