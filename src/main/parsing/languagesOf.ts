import type { Page } from '../../shared/domain/page.ts'
import { findLanguages, namedLanguages, type TextLanguages } from '../language/textLanguages.ts'

/** The languages of a document. @param named those that are known; empty where they are to be found. */
export function languagesOf(pages: readonly Page[], named: readonly string[] = []): TextLanguages {
  return named.length > 0 ? namedLanguages(named) : findLanguages(pages.map(({ text }) => text))
}
