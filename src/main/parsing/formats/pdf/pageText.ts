import type { Block, Page, Run } from '../../../../shared/domain/page.ts'
import { createPageBuilder } from '../pageBuilder.ts'
import type { Line } from './line.ts'
import { layPageTable } from './pageTable.ts'
import type { Paragraph } from './paragraphs.ts'
import { toParts } from './tableRows.ts'

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

/** A text and where on the page its pieces are. */
export interface DrawnText {
  readonly text: string
  readonly runs: readonly Run[]
}

/** Writes paragraphs and tables as a page's text and records where on the page each piece is. */
export function toPageText(
  page: number,
  paragraphs: readonly Paragraph[],
  vocabulary: Vocabulary,
): { page: Page; runs: readonly Run[] } {
  const builder = createPageBuilder()
  const runs: Run[] = []
  const cells: DrawnText[] = []
  const add = (kind: Block['kind'], { text, runs: own }: DrawnText, level?: number): void => {
    const offset = builder.add(kind, text, level)
    if (offset !== null) runs.push(...shifted(own, offset))
  }
  for (const part of toParts(paragraphs)) {
    if (part.kind === 'paragraph') {
      const { kind, level, lines } = part.paragraph
      add(kind, joinLines(lines, vocabulary), level)
      continue
    }
    const drawn = part.rows.map((row) => row.cells.map(({ lines }) => joinLines(lines, vocabulary)))
    const texts = drawn.map((row) => row.map(({ text }) => text))
    const tables = layPageTable(part.rows, texts)
    if (tables === null) for (const row of drawn) add('table-row', joinCells(row))
    else {
      for (const table of tables) builder.addTable(table)
      cells.push(...drawn.flat().filter(({ text }) => text !== ''))
    }
  }
  const built = builder.build(page)
  runs.push(...runsOfCells(built, cells))
  return { page: built, runs: runs.sort((one, other) => one.start - other.start) }
}

function shifted(runs: readonly Run[], by: number): readonly Run[] {
  return runs.map((run) => ({ ...run, start: run.start + by, end: run.end + by }))
}

/** A row that is not part of a table. */
function joinCells(cells: readonly DrawnText[]): DrawnText {
  let text = ''
  const runs: Run[] = []
  for (const cell of cells) {
    if (text !== '') text += ' | '
    runs.push(...shifted(cell.runs, text.length))
    text += cell.text
  }
  return { text, runs }
}

/** Tables keep their cells in order, so that each is where its table wrote it. */
function runsOfCells({ blocks }: Page, cells: readonly DrawnText[]): readonly Run[] {
  const starts = blocks.flatMap(({ start, cells: own = [] }) =>
    own.flatMap((value, index) => (index % 3 === 1 ? [start + value] : [])),
  )
  return cells.flatMap(({ runs }, index) => shifted(runs, starts[index] ?? 0))
}

/** Writes lines as one text; a word that is divided at a line's end is put together. */
export function joinLines(
  lines: readonly Pick<Line, 'text' | 'runs'>[],
  vocabulary: Vocabulary,
): DrawnText {
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
      runs.push({ ...run, start: run.start + text.length, end: run.end + text.length })
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
