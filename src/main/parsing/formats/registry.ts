import type { FormatId } from '../../../shared/domain/formats.ts'
import type { FormatParser } from './format.ts'
import { parseCsv } from './csv.ts'
import { parseDocx } from './docx.ts'
import { parseEml } from './eml.ts'
import { parseEpub } from './epub.ts'
import { parseHtml } from './html.ts'
import { parseMarkdown } from './markdown.ts'
import { parsePdf } from './pdf.ts'
import { parsePptx } from './pptx.ts'
import { parseText } from './text.ts'
import { parseXlsx } from './xlsx.ts'

/** How each format of `shared/domain/formats.ts` is read. */
export const parsers: Readonly<Record<FormatId, FormatParser>> = {
  pdf: parsePdf,
  docx: parseDocx,
  pptx: parsePptx,
  xlsx: parseXlsx,
  epub: parseEpub,
  html: parseHtml,
  eml: parseEml,
  markdown: parseMarkdown,
  text: parseText,
  csv: parseCsv,
}
