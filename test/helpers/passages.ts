import type { Passage } from '../../src/main/retrieval/retrieval.ts'
import type { LibraryDocument } from '../../src/shared/domain/libraryDocument.ts'
import { splitSentences } from '../../src/shared/domain/sentences.ts'
import { contentTerms } from '../../src/shared/domain/language/terms.ts'

/** A passage at the start of its page; sentences score by the number of `wanted` terms in them. */
export function createPassage(contentId: string, text: string, wanted = 'days leave'): Passage {
  const terms = new Set(contentTerms(wanted))
  return {
    chunk: `${contentId}:0`,
    contentId,
    ordinals: { from: 0, to: 0 },
    page: 1,
    start: 0,
    end: text.length,
    heading: '',
    text,
    scores: { fused: 1, fullText: 1, cosine: 0.5, evidence: 0.9 },
    sentences: splitSentences(text).map((range) => {
      const words = text.slice(range.start, range.end)
      return {
        ...range,
        text: words,
        score: contentTerms(words).filter((one) => terms.has(one)).length,
      }
    }),
  }
}

/** Every content belongs to a document of its own, named after it. */
export function libraryDocumentOf(contentId: string): LibraryDocument {
  return {
    id: `document-${contentId}`,
    name: `${contentId}.md`,
    path: `/documents/${contentId}.md`,
    format: 'markdown',
    state: 'indexed',
    reason: null,
    contentId,
    bytes: 1,
    modifiedMs: 0,
    pages: 1,
    chunks: 1,
    words: 1,
    languages: [],
    isLanguageNamed: false,
    unreadPages: [],
    collections: [],
    importedAt: '2024-01-01T00:00:00.000Z',
  }
}
