import { decodeText } from '../../files/decodeText.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
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
  for (const { kind, text, level } of blocks) builder.add(kind, text, level)
  return singlePage(builder.build(1))
}

/** The first kilobytes in which a page may name its encoding (HTML standard: the first 1,024). */
const prescanBytes = 4096

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, prescanBytes))
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1] ?? xmlEncoding(head)
}

function xmlEncoding(head: string): string | undefined {
  return /^\s*<\?xml[^>]+encoding\s*=\s*["']([\w:.-]+)/i.exec(head)?.[1]
}
