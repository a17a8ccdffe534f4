/*
 * Markdown is parsed in time that grows with the square of some structures, so that a small file of
 * nothing else would take minutes. No document that people write comes near these limits.
 */

/** Marks of emphasis, code, links and footnotes in one paragraph. */
const mostMarks = 5_000
/** Lists or quotations within one another. */
const deepest = 100
/** Columns of a table. */
const mostColumns = 1_000

const marks = /[*_`[~]/g
const indented = new RegExp(`^[ \\t]{${String(2 * deepest)},}(?:[-*+>]|\\d{1,9}[.)])`, 'u')
const quoted = new RegExp(`^(?:[ \\t]*>){${String(deepest)},}`, 'u')
const delimiterRow = /^[|:\-\s]+$/u
/** Starts a block of its own. */
const ownBlock = /^[ \t]{0,3}(?:#{1,6}(?:[ \t]|$)|[-*+][ \t]|\d{1,9}[.)][ \t])/u

/** Whether a Markdown file is to be read as plain text, since its structure exceeds a limit. */
export function isTooStructured(source: string): boolean {
  let marked = 0
  let inTable = false
  for (const line of source.split('\n')) {
    if (indented.test(line) || quoted.test(line)) return true
    if (line.trim() === '') {
      marked = 0
      inTable = false
      continue
    }
    const isDelimiter = line.includes('|') && line.includes('-') && delimiterRow.test(line)
    if (isDelimiter && count(line, /\|/g) > mostColumns) return true
    inTable ||= isDelimiter
    if (inTable || ownBlock.test(line)) marked = 0
    marked += count(line, marks)
    if (marked > mostMarks) return true
  }
  return false
}

function count(line: string, pattern: RegExp): number {
  return line.match(pattern)?.length ?? 0
}
