import type { Block, Page } from '../../../shared/domain/page.ts'

export interface PageBuilder {
  /**
   * Appends a block. Its text is trimmed and made well formed; one without text is left out.
   *
   * @returns where the block starts in the page's text, or null if it was left out.
   */
  add(kind: Block['kind'], text: string, level?: number): number | null
  build(page: number): Page
}

/** Kinds that belong close together: a list or a table reads as one. */
const tight: ReadonlySet<Block['kind']> = new Set(['list-item', 'table-row'])

/** Puts a page together from blocks; what it builds has exact, non-overlapping ranges. */
export function createPageBuilder(): PageBuilder {
  const parts: string[] = []
  const blocks: Block[] = []
  let length = 0

  return {
    add(kind, text, level) {
      const clean = kind === 'code' ? trimBlankLines(cleanText(text)) : cleanText(text).trim()
      if (clean.trim() === '') return null
      const last = blocks.at(-1)
      if (last !== undefined) {
        const gap = last.kind === kind && tight.has(kind) ? '\n' : '\n\n'
        parts.push(gap)
        length += gap.length
      }
      const start = length
      parts.push(clean)
      length += clean.length
      blocks.push({ kind, start, end: length, ...(level === undefined ? {} : { level }) })
      return start
    },
    build(page) {
      return { page, text: parts.join(''), blocks }
    },
  }
}

/**
 * Makes text fit to be stored, without changing its length: replaces lone surrogates and control
 * characters, which can't be read or searched for.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, ' ')
}

function trimBlankLines(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()
}
