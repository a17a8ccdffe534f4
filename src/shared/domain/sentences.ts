import {
  abbreviations,
  beforeNumbers,
  beforeOrdinals,
  months,
  starters,
  titles,
} from './abbreviations.ts'
import type { TextRange } from './page.ts'

/**
 * Splits text into sentences, by rules that do not need to know the language well: abbreviations,
 * initials, decimals, quotes and brackets after the stop, list items, headings, CJK stops. A
 * newline inside a paragraph is no more than a space; blank lines and list items end a sentence.
 *
 * @returns ranges in order, trimmed, disjoint, which together cover every character that is not
 * white space.
 */
export function splitSentences(text: string): TextRange[] {
  const sentences: TextRange[] = []
  for (const block of blocks(text)) {
    let start = block.start
    for (const end of stopsIn(text, block)) {
      push(sentences, text, start, end)
      start = end
    }
    push(sentences, text, start, block.end)
  }
  return sentences
}

function push(into: TextRange[], text: string, from: number, to: number): void {
  let start = from
  let end = to
  while (start < end && blank.test(text.charAt(start))) start += 1
  while (end > start && blank.test(text.charAt(end - 1))) end -= 1
  if (start < end) into.push({ start, end })
}

const blank = /\s/u
const line = /[^\n]*(?:\n|$)/gu
/** Bullets, numbers of list items, Markdown headings and quotes, rows of tables. */
const itemStart = /^\s*(?:[-*+•‣◦▪·–—>]|#{1,6}|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\|)\s+\S/iu
/** Headings, and rows of tables: with bars, with tabs, or as "Column: value; Column: value". */
const wholeLine = /^\s*#{1,6}\s|^\s*\||\t|\S \| \S|^[^:;]{1,60}: [^;]*; [^:;]{1,60}: /u
const endsOpen = /[\p{L}\p{N})\]%]\s*$/u
const startsNew = /^\s*["'“‘«([]*[\p{Lu}\p{N}]/u
/** A heading is shorter than the lines of its paragraph, which run to the margin. */
const headingLength = 80
const headingShare = 0.6

/** Stretches that no sentence crosses: paragraphs, list items, headings, rows of tables. */
function blocks(text: string): TextRange[] {
  const found: TextRange[] = []
  let lines: TextRange[] = []
  const close = (): void => {
    found.push(...withoutHeadings(text, lines))
    lines = []
  }
  for (const match of text.matchAll(line)) {
    const [content] = match
    if (content === '') continue
    const range = { start: match.index, end: match.index + content.length }
    if (content.trim() === '') close()
    else if (wholeLine.test(content)) {
      close()
      found.push(range)
    } else {
      if (itemStart.test(content)) close()
      lines.push(range)
    }
  }
  close()
  return found
}

/** Cuts a paragraph after lines that end long before the margin without ending a sentence. */
function withoutHeadings(text: string, lines: readonly TextRange[]): TextRange[] {
  const [first] = lines
  if (first === undefined) return []
  const longest = Math.max(...lines.map((range) => range.end - range.start))
  const found: TextRange[] = []
  let start = first.start
  lines.forEach((range, index) => {
    const next = lines[index + 1]
    if (next === undefined) return found.push({ start, end: range.end })
    const length = range.end - range.start
    const isShort = length <= headingLength && length < headingShare * longest
    const own = text.slice(range.start, range.end)
    if (!isShort || !endsOpen.test(own) || !startsNew.test(text.slice(next.start, next.end))) return
    found.push({ start, end: range.end })
    start = range.end
  })
  return found
}

/** A stop with the quotes, brackets and footnote marks that belong to the sentence before it. */
const stop = /[。！？｡]+[」』”’）】]*|[.!?…]+(?:["'”’»)\]*_]|\[\d{1,3}\]| ''(?=\s|$))*(?=\s|$)/gu
/** `u. a` before its last stop. */
const letters = /(?:^|[\s(])\p{L}\. \p{L}$/u
const fullWidth = /^[。！？｡]/u
const opening = /^["'“‘«([{`*_¿¡]*/u
const firstWord = /^[\p{L}\p{N}]+/u
const lowerCase = /^\p{Ll}/u
const lastWord = /[^\s"'“‘«([]*$/u

function* stopsIn(text: string, block: TextRange): Generator<number> {
  const own = text.slice(block.start, block.end)
  for (const match of own.matchAll(stop)) {
    const end = match.index + match[0].length
    if (fullWidth.test(match[0]) || endsSentence(own, match.index, match[0], end)) {
      yield block.start + end
    }
  }
}

function endsSentence(text: string, at: number, stopped: string, end: number): boolean {
  const after = text.slice(end, end + 80).trimStart()
  if (after === '') return false
  const next = firstWord.exec(after.replace(opening, ''))?.[0] ?? ''
  if (lowerCase.test(next)) return false
  if (stopped !== '.') return true
  const before = text.slice(Math.max(0, at - 40), at)
  const word = lastWord.exec(before)?.[0] ?? ''
  // z. B., u. a., i. d. R.
  if (/^\p{L}$/u.test(word) && /^\p{L}\./u.test(after)) return false
  if (letters.test(before)) return starters.has(next.toLowerCase())
  if (isOrdinal(word, next, before)) return false
  return !isAbbreviation(word, next, before.trim() === word)
}

/** `am 3. Mai`, `im 19. Jahrhundert`, `der 1. FC`: German writes ordinals with a stop. */
function isOrdinal(word: string, next: string, before: string): boolean {
  if (!/^\d{1,3}$/u.test(word)) return false
  if (months.has(next.toLowerCase())) return true
  const words = before
    .slice(0, before.length - word.length)
    .trim()
    .split(/\s+/u)
  return beforeOrdinals.has((words.at(-1) ?? '').toLowerCase()) && /^\p{Lu}/u.test(next)
}

/** Whether the stop after `word` belongs to it, given the word that follows. */
function isAbbreviation(word: string, next: string, first: boolean): boolean {
  const plain = word.toLowerCase().replace(/^[^\p{L}\p{N}]+/u, '')
  // "3. Results", "b. the second case": the mark of a list item.
  if (first && /^(?:\d{1,3}|\p{L}|[ivx]{1,4})$/u.test(plain)) return true
  if (titles.has(plain)) return true
  const isInitial = /^\p{Lu}$/u.test(word)
  if (beforeNumbers.has(plain) && !isInitial) return /^(?:\p{N}|[IVXLC]+$|\p{L}$)/u.test(next)
  const isNumeral = /^[IVX]{2,5}$/u.test(word)
  const either = isNumeral || abbreviations.has(plain) || /^(?:\p{L}\.)+\p{L}$/u.test(plain)
  if (either || isInitial) return !starters.has(next.toLowerCase())
  return false
}
