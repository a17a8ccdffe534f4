import type { Page, Run } from '../../../../shared/domain/page.ts'
import { createPageBuilder } from '../pageBuilder.ts'
import type { Line } from './lines.ts'
import type { Paragraph } from './paragraphs.ts'

const lineEndHyphen = /\p{L}[-\u2010\u00AD]$/u
const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** Words of a document, lower case, as they occur inside its lines. */
export type Vocabulary = ReadonlySet<string>

export function collectVocabulary(lines: readonly Line[]): Vocabulary {
  const words = new Set<string>()
  let cut = false
  for (const { text } of lines) {
    // The two halves of a word hyphenated at a line's end are not words.
    const whole = (cut ? text.replace(/^\S+/, '') : text).replace(/\S+[-\u2010\u00AD]$/u, '')
    cut = lineEndHyphen.test(text)
    for (const [word] of whole.toLowerCase().matchAll(/\p{L}[\p{L}\p{M}-]*\p{L}/gu)) words.add(word)
  }
  return words
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
 * without it elsewhere; it stays if the document writes it with a hyphen, or if both halves are
 * words themselves.
 */
function glueBetween(above: string, below: string, vocabulary: Vocabulary): string {
  if (lineEndHyphen.test(above) && /^\p{L}/u.test(below)) {
    if (above.endsWith('\u00AD')) return 'drop-hyphen'
    const head = (/[\p{L}\p{M}-]+$/u.exec(above.slice(0, -1))?.[0] ?? '').toLowerCase()
    const tail = (/^[\p{L}\p{M}-]+/u.exec(below)?.[0] ?? '').toLowerCase()
    if (vocabulary.has(head + tail)) return 'drop-hyphen'
    if (vocabulary.has(`${head}-${tail}`) || !/^\p{Ll}/u.test(below)) return ''
    const areWords =
      head.length > 2 && tail.length > 2 && vocabulary.has(head) && vocabulary.has(tail)
    return areWords ? '' : 'drop-hyphen'
  }
  const [before, after] = [above.at(-1) ?? '', below.at(0) ?? '']
  return ideograph.test(before) && ideograph.test(after) ? '' : ' '
}
