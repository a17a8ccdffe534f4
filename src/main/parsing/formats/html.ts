import { decodeText } from '../../files/decodeText.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
import { declaredEncoding } from './html/declaredEncoding.ts'
import { createPageBuilder } from './pageBuilder.ts'

/** Web pages that were saved as files. */
export async function parseHtml(bytes: Uint8Array, { limits }: ParseContext): Promise<ParsedPages> {
  const { collectBlocks } = await import('./html/collectBlocks.ts')
  const { title, blocks } = collectBlocks(await decodeText(bytes, limits, declaredEncoding(bytes)))
  const builder = createPageBuilder()
  // A page that names itself only in its title bar is still about that.
  if (!blocks.some(({ kind, level }) => kind === 'heading' && level === 1)) {
    builder.add('heading', title, 1)
  }
  builder.addBlocks(blocks)
  return singlePage(builder.build(1))
}
