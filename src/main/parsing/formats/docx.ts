import { AppError } from '../../../shared/errors.ts'
import { decodeText } from '../../files/decodeText.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
import { createPageBuilder } from './pageBuilder.ts'

/** Word documents since 2007, and what other programs write like them. Pictures are left out. */
export async function parseDocx(
  bytes: Uint8Array,
  { limits, signal }: ParseContext,
): Promise<ParsedPages> {
  const [{ openZipParts }, { readWordParts }, { readWord }] = await Promise.all([
    import('../../files/zipParts.ts'),
    import('./docx/wordParts.ts'),
    import('./docx/readWord.ts'),
  ])
  const zip = await openZipParts(bytes, limits, signal)
  const parts = await readWordParts(zip, (part) => decodeText(part, limits))
  if (parts === null) {
    throw new AppError(
      'document-unreadable',
      'There is no document in this Word file. It may be damaged: open it in Word and save it again.',
    )
  }
  const builder = createPageBuilder()
  builder.addBlocks(readWord(parts))
  return singlePage(builder.build(1))
}
