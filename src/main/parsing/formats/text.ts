import type { Block } from '../../../shared/domain/page.ts'
import { decodeText } from '../../files/decodeText.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
import { cleanText } from './pageBuilder.ts'

/** Plain text, stored unchanged. */
export async function parseText(bytes: Uint8Array, { limits }: ParseContext): Promise<ParsedPages> {
  return plainPage(cleanText(await decodeText(bytes, limits)))
}

/** Plain text as one page. */
export function plainPage(content: string): ParsedPages {
  return singlePage({ page: 1, text: content, blocks: paragraphs(content) })
}

/** Blank lines separate paragraphs. */
function paragraphs(content: string): readonly Block[] {
  const blocks: Block[] = []
  for (const match of content.matchAll(/\S[^\n]*(?:\n(?=[^\n]*\S)[^\n]*)*/g)) {
    const start = match.index
    const end = start + match[0].trimEnd().length
    blocks.push({ kind: 'paragraph', start, end })
  }
  return blocks
}
