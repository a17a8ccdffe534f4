/*
 * Markdown is parsed in time that grows with the square of some structures, so that a small file of
 * nothing else would take minutes. No document that people write comes near these limits.
 */

/** Marks of emphasis, code, links and footnotes in one paragraph. */
const mostMarks = 5_000
/** Sum of their squares over all paragraphs, which is what they cost. */
const mostSquares = 2 * mostMarks ** 2
/** Lines of one paragraph. */
const mostLines = 50_000
/** Lists or quotations within one another. */
const deepest = 100
/** Columns of a table. */
const mostColumns = 1_000

const marks = /[*_`[~]/g
const indented = new RegExp(`^[ \\t]{${String(2 * deepest)},}(?:[-*+>]|\\d{1,9}[.)])`, 'u')
const contained = new RegExp(
  `^(?:[ \\t]*(?:>|(?:[-*+]|\\d{1,9}[.)])(?=[ \\t]))){${String(deepest)},}`,
  'u',
)
const delimiterRow = /^[|:\-\s]+$/u
/** Starts a block of its own. */
const ownBlock = /^[ \t]{0,3}(?:#{1,6}(?:[ \t]|$)|[-*+][ \t]|\d{1,9}[.)][ \t])/u

/** Whether a Markdown file is to be read as plain text, since its structure exceeds a limit. */
export function isTooStructured(source: string): boolean {
  let marked = 0
  let squares = 0
  let lines = 0
  let inTable = false
  for (const line of source.split('\n')) {
    if (indented.test(line) || contained.test(line)) return true
    if (line.trim() === '') {
      marked = 0
      lines = 0
      inTable = false
      continue
    }
    const isDelimiter = line.includes('|') && line.includes('-') && delimiterRow.test(line)
    if (isDelimiter && count(line, /\|/g) > mostColumns) return true
    inTable ||= isDelimiter
    if (inTable || ownBlock.test(line)) {
      marked = 0
      lines = 0
    }
    lines += 1
    const before = marked
    marked += count(line, marks)
    squares += marked ** 2 - before ** 2
    if (marked > mostMarks || squares > mostSquares || lines > mostLines) return true
  }
  return false
}

function count(line: string, pattern: RegExp): number {
  return line.match(pattern)?.length ?? 0
}
