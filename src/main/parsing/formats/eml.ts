import { countLeftOut, type LeftOutKind } from '../../../shared/domain/leftOut.ts'
import type { Message } from './eml/message.ts'
import { decodeWide, wideEncodingOf } from '../../files/unmarkedUnicode.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'

/** E-mails that were saved as files. Attachments are named, not read. */
export async function parseEml(bytes: Uint8Array, { limits }: ParseContext): Promise<ParsedPages> {
  const [{ readMessage }, { readableHeader }, { readText }] = await Promise.all([
    import('./eml/readMessage.ts'),
    import('./eml/headers.ts'),
    import('./eml/readText.ts'),
  ])
  const source = toSource(bytes)
  const leftOut: LeftOutKind[] = []
  const builder = createPageBuilder()
  add(await readMessage(source, (part) => readText(part, limits)), 1)
  return singlePage(builder.build(1), countLeftOut(leftOut))

  function add(message: Message, level: number): void {
    const { headers, texts, attachments, messages } = message
    leftOut.push(...message.leftOut)
    const header = (name: string): string => readableHeader(headers.get(name) ?? '')
    builder.add('heading', header('subject'), Math.min(level, 6))
    const lines = ['From', 'To', 'Cc', 'Date'].map((name) => {
      const value = header(name.toLowerCase())
      return value === '' ? '' : `${name}: ${value}`
    })
    builder.add('paragraph', lines.filter((line) => line !== '').join('\n'))
    for (const { blocks, leftOut: ofText } of texts) {
      builder.addBlocks(blocks)
      leftOut.push(...ofText)
    }
    for (const name of attachments) builder.add('paragraph', `Attachment: ${name}`)
    for (const inner of messages) add(inner, level + 1)
  }
}

/** Its bytes, each as one character. Some programs save a message in two bytes a character. */
function toSource(bytes: Uint8Array): string {
  const wide = markedWide(bytes) ?? wideEncodingOf(bytes)
  const read = wide === null ? bytes : Buffer.from(decodeWide(wide, bytes))
  return Buffer.from(read.buffer, read.byteOffset, read.byteLength).toString('latin1')
}

function markedWide([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : null
}
