import { singlePage, type Format } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'

/** Word documents since 2007. Pictures, headers and footers are left out. */
export const docx: Format = {
  id: 'docx',
  name: 'Word',
  extensions: ['docx', 'docm', 'dotx'],
  async parse(bytes, { limits, signal }) {
    const { checkZip } = await import('../../files/checkZip.ts')
    await checkZip(bytes, limits, signal)
    const [{ default: mammoth }, { collectBlocks }] = await Promise.all([
      import('mammoth'),
      import('./html/collectBlocks.ts'),
    ])
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) },
      {
        // Without this every picture would be unpacked and carried along as text.
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
        includeEmbeddedStyleMap: false,
        styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
      },
    )
    const builder = createPageBuilder()
    for (const { kind, text, level } of collectBlocks(value).blocks) {
      // The way back from a footnote is of no use in text.
      builder.add(kind, text.replace(/ ?↑$/, ''), level)
    }
    return singlePage(builder.build(1))
  },
}
