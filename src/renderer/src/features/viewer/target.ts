import type { TextRange } from '../../../../shared/domain/page.ts'
import type { ViewerTarget } from '../../api/viewerTarget.ts'
import type { DocumentPagesState } from './documentPages.ts'

export type TargetState =
  | { readonly kind: 'waiting' }
  /** Only a page, without a highlight. */
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'found'; readonly page: number; readonly range: TextRange }
  /** The document has changed: the words may be elsewhere or gone. */
  | { readonly kind: 'changed'; readonly page: number }

/**
 * Locates a target in the currently stored text. It is only highlighted at its own range: a quote
 * that isn't there any more is reported, not searched for.
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
