/**
 * What a cell holds, as far as its text shows. `year` is a number that may be a year; `code` is text
 * with digits in it; `blank` includes signs for “nothing”, such as a dash or n/a.
 */
export type CellKind = 'blank' | 'number' | 'year' | 'date' | 'flag' | 'code' | 'text'

const nothing = /^(?:[-–—.…?]+|n\/?a|nil|none|null|tbd|tba|keine?|k\.\s?a\.|s\/?d)$/iu
const flag = /^(?:true|false|yes|no|ja|nein|oui|non|sí|si|sì|[x✓✔✗✘☐☑☒])$/iu
const year = /^(?:1[5-9]|20|21)\d\d$/u
/** A figure with a sign, a currency or a short unit, or a share: `-1 234,50`, `€ 12`, `40 kg`, `3 %`. */
const number =
  /^[(+\-−–]?\s?(?:[A-Z]{3}\s?|\p{Sc}\s?|kr\.?\s?)?[+\-−]?\d(?:[\d.,'’\s\u00A0\u202F]*\d)?(?:[eE][+-]?\d+)?\)?\s?(?:%|‰|\p{Sc}|°?\p{L}{1,3}\.?[²³]?)?\)?$/u
const date =
  /^(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}|\d{1,2}[.\s-]+\p{L}{3,9}\.?[\s-]+\d{2,4}|\p{L}{3,9}\.?\s\d{1,2},?\s\d{4}|\p{L}{3,9}\.?[\s-](?:\d{4}|\d\d))(?:[T\s]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?Z?)?$/u
const time = /^\d{1,3}:\d\d(?::\d\d)?$/u

/** Longer text than this is neither a figure nor a date. */
const longestFigure = 40

export function cellKind(text: string): CellKind {
  if (text === '') return 'blank'
  // Figures and dates, which most cells are that are asked about, have no word for nothing or yes.
  if (!startsWithDigit(text)) {
    if (nothing.test(text)) return 'blank'
    if (flag.test(text)) return 'flag'
  }
  if (text.length > longestFigure) return /\d/u.test(text) ? 'code' : 'text'
  if (year.test(text)) return 'year'
  if (number.test(text) || time.test(text)) return 'number'
  if (date.test(text)) return 'date'
  return /\d/u.test(text) ? 'code' : 'text'
}

function startsWithDigit(text: string): boolean {
  const first = text.charCodeAt(0)
  return first >= 48 && first <= 57
}

/** Whether cells of this kind are values that no heading is, years and dates aside. */
export function isValue(kind: CellKind): boolean {
  return kind === 'number' || kind === 'year' || kind === 'date' || kind === 'flag'
}
