import type { Page, Run } from '../../../../shared/domain/page.ts'
import { createPageBuilder } from '../pageBuilder.ts'
import type { Line } from './line.ts'
import type { Paragraph } from './paragraphs.ts'

const lineEndHyphen = /\p{L}[-\u2010\u00AD]$/u
const alwaysHyphenated: ReadonlySet<string> = new Set([
  'non',
  'self',
  'ex',
  'semi',
  'quasi',
  'anti',
])
/** Letters and signs of Chinese and Japanese, which is written without blanks. */
const ideograph =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFF60]/u

/** What a document shows of its words. */
export interface Vocabulary {
  /** Lower case, as they occur inside of lines. */
  readonly words: ReadonlySet<string>
  /** Whether its lines are parted within words: then a hyphen at their end may be of the setting alone. */
  readonly hyphenates: boolean
}

/** Letters. */
const longHalf = 4
/** Share of long lines that end at the same edge in a text that is set in full lines. */
const mostlyFull = 0.5
/** Letters of lines that are looked at. */
const longLine = 30

export function collectVocabulary(lines: readonly Line[]): Vocabulary {
  const words = new Set<string>()
  let cut = false
  for (const { text } of lines) {
    // The two halves of a word hyphenated at a line's end are not words.
    const whole = (cut ? text.replace(/^\S+/, '') : text).replace(/\S+[-\u2010\u00AD]$/u, '')
    cut = lineEndHyphen.test(text)
    for (const [word] of whole.toLowerCase().matchAll(/\p{L}[\p{L}\p{M}-]*\p{L}/gu)) words.add(word)
  }
  return { words, hyphenates: isSetFull(lines) || partsWords(lines, words) }
}

/** Whether most long lines end at one edge, as in books and papers. */
function isSetFull(lines: readonly Line[]): boolean {
  const ends = new Map<number, number>()
  let long = 0
  for (const { text, right } of lines) {
    if (text.length < longLine) continue
    long += 1
    const edge = Math.round(right / 2)
    ends.set(edge, (ends.get(edge) ?? 0) + 1)
  }
  // Two edges side by side: one edge may be between two roundings.
  const most = Math.max(0, ...[...ends].map(([edge, count]) => count + (ends.get(edge + 1) ?? 0)))
  return long > 2 && most >= long * mostlyFull
}

/** Whether a line ends within a word that the document has as a whole elsewhere. */
function partsWords(lines: readonly Line[], words: ReadonlySet<string>): boolean {
  return lines.some(({ text }, at) => {
    const below = lines[at + 1]?.text ?? ''
    if (!lineEndHyphen.test(text) || !/^\p{Ll}/u.test(below)) return false
    const { head, tail } = halves(text, below)
    return words.has(head + tail)
  })
}

function halves(above: string, below: string): { head: string; tail: string } {
  return {
    head: (/[\p{L}\p{M}-]+$/u.exec(above.slice(0, -1))?.[0] ?? '').toLowerCase(),
    tail: (/^[\p{L}\p{M}-]+/u.exec(below)?.[0] ?? '').toLowerCase(),
  }
}

/** Writes paragraphs as a page's text and records where on the page each piece is. */
export function toPageText(
  page: number,
  paragraphs: readonly Paragraph[],
  vocabulary: Vocabulary,
): { page: Page; runs: readonly Run[] } {
  const builder = createPageBuilder()
  const runs: Run[] = []
  for (const { kind, level, lines } of paragraphs) {
    const joined = joinLines(lines, vocabulary)
    const offset = builder.add(kind, joined.text, level)
    if (offset === null) continue
    for (const { start, end, box } of joined.runs) {
      runs.push({ start: start + offset, end: end + offset, box })
    }
  }
  return { page: builder.build(page), runs }
}

function joinLines(
  lines: readonly Line[],
  vocabulary: Vocabulary,
): { text: string; runs: readonly Run[] } {
  let text = ''
  let runs: Run[] = []
  for (const line of lines) {
    if (text !== '') {
      const glue = glueBetween(text, line.text, vocabulary)
      if (glue === 'drop-hyphen') {
        text = text.slice(0, -1)
        runs = runs.map((run) => (run.end > text.length ? { ...run, end: text.length } : run))
      } else text += glue
    }
    for (const run of line.runs) {
      runs.push({ start: run.start + text.length, end: run.end + text.length, box: run.box })
    }
    text += line.text
  }
  return { text, runs: runs.filter(({ start, end }) => start < end) }
}

/**
 * The text between two lines. A hyphen at a line's end is removed if the document writes the word
 * without it elsewhere; it stays if the document writes it with a hyphen, if both halves are words
 * themselves, or if they may be and nothing shows that the document parts words at all.
 */
function glueBetween(above: string, below: string, vocabulary: Vocabulary): string {
  if (lineEndHyphen.test(above) && /^\p{L}/u.test(below)) {
    if (above.endsWith('\u00AD')) return 'drop-hyphen'
    const { words, hyphenates } = vocabulary
    const { head, tail } = halves(above, below)
    if (words.has(head + tail)) return 'drop-hyphen'
    if (words.has(`${head}-${tail}`) || !/^\p{Ll}/u.test(below)) return ''
    // No word is parted after its first letter, nor after what is always followed by a hyphen.
    if (head.length === 1 || alwaysHyphenated.has(head)) return ''
    // Where no other word is parted, two long halves are two words.
    if (!hyphenates && head.length >= longHalf && tail.length >= longHalf) return ''
    const areWords = head.length > 2 && tail.length > 2 && words.has(head) && words.has(tail)
    return areWords ? '' : 'drop-hyphen'
  }
  // A number, a telephone number or years go on in the next line.
  if (/\d[-\u2010\u2011\u2013/]$/u.test(above) && /^\d/u.test(below)) return ''
  const [before, after] = [above.at(-1) ?? '', below.at(0) ?? '']
  return ideograph.test(before) && ideograph.test(after) ? '' : ' '
}
