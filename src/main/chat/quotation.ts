import type { AnswerSentence, Citation } from '../../shared/domain/conversation.ts'

/** An answer that is put together line by line. */
export interface Quotation {
  /**
   * @param citation undefined: the refusal.
   * @returns what was added to the text, with the line break before it.
   */
  add(line: string, citation: Citation | undefined): string
  written(): { readonly text: string; readonly sentences: readonly AnswerSentence[] }
}

export function createQuotation(): Quotation {
  let text = ''
  const sentences: AnswerSentence[] = []
  return {
    add(line, citation) {
      const added = text === '' ? line : `\n${line}`
      text += added
      const start = text.length - line.length
      if (citation !== undefined) {
        const end = text.length
        sentences.push({ start, end, text: line, support: 'whole', citations: [citation] })
      }
      return added
    },
    written: () => ({ text, sentences }),
  }
}
