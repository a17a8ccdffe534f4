import type { Scope } from '../../../shared/domain/conversation.ts'
import type { Retrieval } from '../../retrieval/retrieval.ts'
import { withTitles, type DocumentOf } from '../../retrieval/titledPassages.ts'
import type { FindSources } from './ports.ts'

export interface FindSourcesDeps {
  readonly retrieval: Retrieval
  /** undefined: no restriction. */
  readonly contentsIn: (scope: Scope) => ReadonlySet<string> | undefined
  readonly isLive: (contentId: string) => boolean
  readonly documentOf: DocumentOf
}

/**
 * Finds passages for a row of a template, regardless of their evidence score: their effect is what
 * a test measures.
 */
export function createFindSources(deps: FindSourcesDeps): FindSources {
  return async (query, scope, limit, signal) => {
    if (scope.kind === 'none') return []
    const { passages } = await deps.retrieval.search(query, {
      limit,
      contents: deps.contentsIn(scope),
      isLive: deps.isLive,
      signal,
    })
    return withTitles(passages, deps.documentOf)
  }
}
