/** The text of a stretch that is not a block yet. */
export interface PendingText {
  /** Characters. */
  readonly length: number
  readonly isBlank: boolean
  /** Its last character; blank if there is none. */
  readonly last: string
  /** Its last pieces, as they were added. */
  readonly tail: string
  add(text: string): void
  /** Takes all of it. */
  take(): string
}

/** Enough for a tick and the blank after it. */
const tailPieces = 3

export function createPendingText(): PendingText {
  let parts: string[] = []
  let length = 0
  return {
    get length() {
      return length
    },
    get isBlank() {
      return parts.every((part) => part.trim() === '')
    },
    get last() {
      return parts.at(-1)?.at(-1) ?? ''
    },
    get tail() {
      return parts.slice(-tailPieces).join('')
    },
    add(text) {
      if (text !== '') parts.push(text)
      length += text.length
    },
    take() {
      const text = parts.join('')
      parts = []
      length = 0
      return text
    },
  }
}

/** One blank between words, none at the ends of a line. */
export function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim()
}
