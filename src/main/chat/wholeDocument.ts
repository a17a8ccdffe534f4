import type { Scope } from '../../shared/domain/conversation.ts'
import type { LibraryDocument } from '../../shared/domain/libraryDocument.ts'
import type { Page } from '../../shared/domain/page.ts'
import type { Passage } from '../retrieval/retrieval.ts'
import type { ScoreSentences } from './weighOwnWords.ts'

export interface WholeDocumentDeps {
  readonly get: (id: string) => LibraryDocument | undefined
  readonly wholeText: (id: string) => Promise<readonly Page[]>
  /** Its indexed passages, in order. */
  readonly passages: (id: string) => Promise<readonly PageHeading[]>
  readonly scoreSentences: ScoreSentences
}

/** The headings above a passage, up to those on the pages before. */
export type PageHeading = Pick<Passage, 'page' | 'heading'>

/** Longer documents don't fit the context of any local model, so they aren't read at all. */
const mostWords = 60_000

/**
 * A document as passages, one per page, if the scope is that document alone. Whether it fits the
 * prompt is checked when fitting.
 *
 * @returns null for any other scope, or a document that is too long for every model.
 */
export async function wholeDocument(
  { get, wholeText, passages, scoreSentences }: WholeDocumentDeps,
  scope: Scope,
  question: string,
): Promise<readonly Passage[] | null> {
  const [id, ...others] = scope.kind === 'documents' ? scope.ids : []
  const row = id === undefined || others.length > 0 ? undefined : get(id)
  if (row === undefined || row.contentId === null || row.words > mostWords) return null
  const { contentId } = row
  const pages = (await wholeText(row.id)).filter((page) => page.text.trim() !== '')
  const outline = await passages(row.id)
  const texts = pages.map(({ page, text }) => ({
    text,
    heading: headingOf(page, outline),
    start: 0,
  }))
  const scored = scoreSentences(question, texts)
  return pages.map(({ page, text }, index) => ({
    chunk: `${contentId}:page-${page}`,
    contentId,
    ordinals: { from: index, to: index },
    page,
    start: 0,
    end: text.length,
    heading: texts[index]?.heading ?? '',
    text,
    // Maximal scores: the whole document was asked for, without a search.
    scores: { fused: 1, fullText: null, cosine: null, evidence: 1 },
    sentences: scored[index] ?? [],
  }))
}

/** The headings of earlier pages that apply where a page begins; its own are in its text. */
function headingOf(page: number, outline: readonly PageHeading[]): string {
  return outline.find((passage) => passage.page === page)?.heading ?? ''
}
