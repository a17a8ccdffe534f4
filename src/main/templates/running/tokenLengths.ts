import type { Llm, LlmInfo } from '../../llm/llm.ts'

/** Number of cached lengths. */
const keptLengths = 50_000

export interface TokenLengths {
  of(info: LlmInfo, texts: readonly string[]): Promise<readonly number[]>
}

/** Counts tokens, with a cache per model: templates are previewed at every pause in typing. */
export function createTokenLengths(llm: Pick<Llm, 'countTokens'>): TokenLengths {
  const known = new Map<string, number>()
  let file = ''
  return {
    async of(info, texts) {
      if (info.file !== file || known.size > keptLengths) known.clear()
      file = info.file
      const missing = [...new Set(texts)].filter((text) => !known.has(text))
      if (missing.length > 0) {
        const counts = await llm.countTokens(missing)
        for (const [index, text] of missing.entries()) known.set(text, counts[index] ?? 0)
      }
      return texts.map((text) => known.get(text) ?? 0)
    },
  }
}
