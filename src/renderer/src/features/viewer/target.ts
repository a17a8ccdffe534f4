import type { TextRange } from '../../../../shared/domain/page.ts'
import type { ViewerTarget } from '../../api/viewerTarget.ts'
import type { DocumentPagesState } from './documentPages.ts'

export type TargetState =
  | { readonly kind: 'waiting' }
  /** Just a page, nothing to highlight. */
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'found'; readonly page: number; readonly range: TextRange }
  /** The document is another one now: the words may be elsewhere or gone. */
  | { readonly kind: 'changed'; readonly page: number }

/**
 * Where a target lies in the text that is stored now. It is only ever highlighted at its own range:
 * a quote that is no longer there is said to be gone, not searched for.
 */
export function locate(target: ViewerTarget, state: DocumentPagesState): TargetState {
  if (state.document === null) return { kind: 'waiting' }
  const page = Math.min(Math.max(1, target.page), Math.max(1, state.total))
  if (target.end <= target.start) return { kind: 'page', page }
  if (state.document.contentId !== target.contentId) return { kind: 'changed', page }
  const stored = state.pages.get(target.page)
  if (stored === undefined) {
    return target.page > state.total ? { kind: 'changed', page } : { kind: 'waiting' }
  }
  const range = { start: target.start, end: target.end }
  return stored.text.slice(range.start, range.end) === target.quote
    ? { kind: 'found', page, range }
    : { kind: 'changed', page }
}
