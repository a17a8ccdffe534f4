import { countLeftOut, type LeftOut } from '../../../shared/domain/leftOut.ts'
import type { Page, PageLayout } from '../../../shared/domain/page.ts'
import { throwIfAborted } from '../../../shared/errors.ts'
import type { ParseContext, ParsedPages } from './format.ts'
import { findFurniture } from './pdf/furniture.ts'
import { joinBroken } from './pdf/joinBroken.ts'
import { readPageRuns } from './pdf/glyphRuns.ts'
import type { Line } from './pdf/line.ts'
import { toLines } from './pdf/lines.ts'
import { damaged, openPdf, type OpenPdf } from './pdf/openPdf.ts'
import { readLabels } from './pdf/readLabels.ts'
import { collectVocabulary, toPageText } from './pdf/pageText.ts'
import { measureTypography, toParagraphs } from './pdf/paragraphs.ts'
import { inReadingOrder } from './pdf/readingOrder.ts'
import { createInkDetector } from './pdf/unreadPages.ts'

/** PDF with text in it. Pages that are pictures are reported, not read. */
export async function parsePdf(bytes: Uint8Array, context: ParseContext): Promise<ParsedPages> {
  const open = await openPdf(bytes)
  try {
    const sheets = await readSheets(open, context)
    const pages = writePages(sheets, await readLabels(open))
    return { ...pages, leftOut: await attachmentsOf(open) }
  } finally {
    await open.close()
  }
}

async function attachmentsOf({ document }: OpenPdf): Promise<readonly LeftOut[]> {
  // One that can't be listed costs its note, not the text.
  const listed = document.getAttachments() as Promise<Readonly<Record<string, unknown>> | null>
  const files = await listed.catch(() => null)
  return countLeftOut(Object.keys(files ?? {}).map(() => 'attachment'))
}

/** A page as it was read: its lines, before the document as a whole is known. */
interface Sheet {
  readonly page: number
  readonly width: number
  readonly height: number
  readonly lines: readonly Line[]
  readonly unread: boolean
}

async function readSheets({ document }: OpenPdf, context: ParseContext): Promise<readonly Sheet[]> {
  const hasInk = createInkDetector()
  const sheets: Sheet[] = []
  let firstFailure: unknown
  for (let number = 1; number <= document.numPages; number += 1) {
    throwIfAborted(context.signal)
    try {
      const page = await document.getPage(number)
      const { width, height, runs } = await readPageRuns(page)
      const lines = toLines(runs)
      const unread = lines.length === 0 && (await hasInk(page))
      sheets.push({ page: number, width, height, lines, unread })
      page.cleanup()
    } catch (error) {
      // One broken page must not lose the others; that it is missing is reported.
      firstFailure ??= error
      sheets.push({ page: number, width: 0, height: 0, lines: [], unread: true })
    }
    context.onPage(number, document.numPages)
  }
  if (firstFailure !== undefined && sheets.every(({ lines }) => lines.length === 0)) {
    throw damaged(firstFailure)
  }
  return sheets
}

function unreadAmong(sheets: readonly Sheet[]): ReadonlySet<number> {
  return new Set(sheets.flatMap(({ unread }, index) => (unread ? [index] : [])))
}

function writePages(sheets: readonly Sheet[], labels: ReadonlyMap<number, string>): ParsedPages {
  const furniture = findFurniture(sheets)
  const kept = sheets.map((sheet) =>
    inReadingOrder(sheet.lines.filter((line) => !furniture.lines.has(line))),
  )
  const all = kept.flat()
  const typography = measureTypography(all)
  const vocabulary = collectVocabulary(all)
  const paragraphs = joinBroken(
    kept.map((lines) => toParagraphs(lines, typography)),
    { typography, vocabulary, returning: furniture.returning, unread: unreadAmong(sheets) },
  )
  const pages: Page[] = []
  const layouts: PageLayout[] = []
  sheets.forEach(({ page, width, height }, index) => {
    const written = toPageText(page, paragraphs[index] ?? [], vocabulary)
    const label = labels.get(page)
    pages.push(label === undefined ? written.page : { ...written.page, label })
    layouts.push({ page, width, height, runs: written.runs })
  })
  const unreadPages = sheets.filter(({ unread }) => unread).map(({ page }) => page)
  return { pages, layouts, unreadPages }
}
