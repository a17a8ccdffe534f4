import { decodeText } from '../../files/decodeText.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
import type { Message } from './eml/readMessage.ts'
import { createPageBuilder } from './pageBuilder.ts'

/** E-mails that were saved as files. Attachments are named, not read. */
export async function parseEml(bytes: Uint8Array, { limits }: ParseContext): Promise<ParsedPages> {
  const [{ readMessage }, { readableHeader }, { collectBlocks }] = await Promise.all([
    import('./eml/readMessage.ts'),
    import('./eml/headers.ts'),
    import('./html/collectBlocks.ts'),
  ])
  const builder = createPageBuilder()
  await add(readMessage(Buffer.from(bytes).toString('latin1')), 1)
  return singlePage(builder.build(1))

  async function add(message: Message, level: number): Promise<void> {
    const header = (name: string): string => readableHeader(message.headers.get(name) ?? '')
    builder.add('heading', header('subject'), Math.min(level, 6))
    const lines = ['From', 'To', 'Cc', 'Date'].map((name) => {
      const value = header(name.toLowerCase())
      return value === '' ? '' : `${name}: ${value}`
    })
    builder.add('paragraph', lines.filter((line) => line !== '').join('\n'))
    for (const { kind, bytes: part, charset, flowed } of message.texts) {
      const text = await decodeText(part, limits, charset)
      if (kind === 'plain') addPlain(flowed ? unfold(text) : text)
      else
        for (const block of collectBlocks(text).blocks) {
          builder.add(block.kind, block.text, block.level)
        }
    }
    for (const name of message.attachments) builder.add('paragraph', `Attachment: ${name}`)
    for (const inner of message.messages) await add(inner, level + 1)
  }

  /** Blank lines part paragraphs; lines that begin with `>` are what is answered to. */
  function addPlain(text: string): void {
    for (const paragraph of text.split(/\n[^\S\n]*\n/)) {
      builder.add(/^\s*>/.test(paragraph) ? 'quote' : 'paragraph', paragraph)
    }
  }
}

function unfold(text: string): string {
  return text.replace(/^ (?=[^ ])/gm, '').replace(/(?<!^--) \n(?!\n|>)/gm, ' ')
}
