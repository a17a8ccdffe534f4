import type { Message } from './eml/readMessage.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'

/** E-mails that were saved as files. Attachments are named, not read. */
export async function parseEml(bytes: Uint8Array, { limits }: ParseContext): Promise<ParsedPages> {
  const [{ readMessage }, { readableHeader }, { readText }] = await Promise.all([
    import('./eml/readMessage.ts'),
    import('./eml/headers.ts'),
    import('./eml/readText.ts'),
  ])
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const builder = createPageBuilder()
  add(await readMessage(source, (part) => readText(part, limits)), 1)
  return singlePage(builder.build(1))

  function add({ headers, texts, attachments, messages }: Message, level: number): void {
    const header = (name: string): string => readableHeader(headers.get(name) ?? '')
    builder.add('heading', header('subject'), Math.min(level, 6))
    const lines = ['From', 'To', 'Cc', 'Date'].map((name) => {
      const value = header(name.toLowerCase())
      return value === '' ? '' : `${name}: ${value}`
    })
    builder.add('paragraph', lines.filter((line) => line !== '').join('\n'))
    for (const { blocks } of texts) builder.addBlocks(blocks)
    for (const name of attachments) builder.add('paragraph', `Attachment: ${name}`)
    for (const inner of messages) add(inner, level + 1)
  }
}
