/** In how many chunks of each content each language is, kept in memory as each question needs it. */
export interface LanguageCounts {
  add(contentId: string, language: string): void
  forget(contentId: string): void
  /** The languages of these contents, or of all: that of the most chunks first. */
  among(contents?: ReadonlySet<string>): readonly string[]
}

export function createLanguageCounts(): LanguageCounts {
  const byContent = new Map<string, Map<string, number>>()
  return {
    add(contentId, language) {
      const counts = byContent.get(contentId) ?? new Map<string, number>()
      counts.set(language, (counts.get(language) ?? 0) + 1)
      byContent.set(contentId, counts)
    },
    forget: (contentId) => void byContent.delete(contentId),
    among(contents = new Set(byContent.keys())) {
      const sums = new Map<string, number>()
      for (const contentId of contents) {
        for (const [language, count] of byContent.get(contentId) ?? []) {
          sums.set(language, (sums.get(language) ?? 0) + count)
        }
      }
      return [...sums].sort(([, a], [, b]) => b - a).map(([language]) => language)
    },
  }
}
