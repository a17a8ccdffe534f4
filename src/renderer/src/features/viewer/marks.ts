import type { TextRange } from '../../../../shared/domain/page.ts'
import type { Layered } from './segments.ts'

/** A mark on a page: quoted words, a search hit or a passage. */
export interface PageMark extends Layered {
  readonly page: number
}

/** A search hit, in the shape of the contract. */
export interface Hit extends TextRange {
  readonly page: number
}

/** A passage of the document. */
export interface Passage extends TextRange {
  readonly page: number
  readonly heading: string
  readonly tokens: number
}

export interface MarkSources {
  readonly target: { readonly page: number; readonly range: TextRange } | null
  readonly hits: readonly Hit[]
  readonly currentHit: number
  readonly passages: readonly Passage[]
}

export type MarksByPage = ReadonlyMap<number, readonly PageMark[]>

/** Groups all marks by page. */
export function marksByPage(sources: MarkSources): MarksByPage {
  const marks = new Map<number, PageMark[]>()
  const add = (mark: PageMark): void => {
    const page = marks.get(mark.page)
    if (page === undefined) marks.set(mark.page, [mark])
    else page.push(mark)
  }
  sources.passages.forEach(({ page, start, end }, index) => {
    add({ page, start, end, layer: 'passage', index })
  })
  if (sources.target !== null) {
    const { page, range } = sources.target
    add({ page, start: range.start, end: range.end, layer: 'highlight', index: 0 })
  }
  sources.hits.forEach(({ page, start, end }, index) => {
    const layer = index === sources.currentHit ? 'current-hit' : 'hit'
    add({ page, start, end, layer, index })
  })
  return marks
}

/** The key by which a mark can be scrolled to; null for marks that never are. */
export function revealKey(mark: Layered): string | null {
  if (mark.layer === 'highlight') return 'highlight'
  if (mark.layer === 'current-hit') return `hit-${String(mark.index)}`
  return null
}
