import { z } from 'zod'

/**
 * Pages in a row that are numbered in one way, as printed on them (ISO 32000-1, 12.4.2): from
 * `page` on `iv`, `v`, `vi`. It ends where the next one begins.
 */
export const labelRun = z
  .object({
    /** The first page, counted from 1. */
    page: z.number().int().positive(),
    /** Before the number, or the whole label if `style` is `fixed`; blank: no label. */
    prefix: z.string(),
    style: z.enum(['fixed', 'decimal', 'roman', 'Roman', 'letter', 'Letter']),
    /** The number of the first page. */
    start: z.number().int().nonnegative(),
  })
  .readonly()
export type LabelRun = z.infer<typeof labelRun>

/** More runs number nothing: they would be longer than the labels. */
const mostRuns = 200
/** Letters repeat (`aaa` is 53): longer labels of one letter are words. */
const mostLetters = 8
/** The largest number that Roman figures can write. */
const largestRoman = 3_999

/**
 * The labels of a document's pages in as few runs as possible.
 *
 * @param labels one a page; null for a page without one.
 * @returns empty if no page has a label, or if they follow no order.
 */
export function toLabelRuns(labels: readonly (string | null)[]): readonly LabelRun[] {
  if (labels.every((label) => label === null)) return []
  const runs: LabelRun[] = []
  for (let at = 0; at < labels.length;) {
    if (runs.length === mostRuns) return []
    const { run, end } = longest(readings(labels[at] ?? '', at + 1), labels)
    runs.push(run)
    at = end
  }
  return runs
}

/** What is printed on a page as its number; null if nothing is. */
export function labelOf(runs: readonly LabelRun[], page: number): string | null {
  const run = runs.findLast((one) => one.page <= page)
  return run === undefined ? null : labelIn(run, page)
}

function labelIn({ page: first, prefix, style, start }: LabelRun, page: number): string | null {
  const label = prefix + written(start + page - first, style)
  return label === '' ? null : label
}

function endOf(run: LabelRun, labels: readonly (string | null)[]): number {
  let end = run.page
  while (end < labels.length && labelIn(run, end + 1) === (labels[end] ?? null)) end += 1
  return end
}

function longest(
  [first, ...others]: Readings,
  labels: readonly (string | null)[],
): { readonly run: LabelRun; readonly end: number } {
  let best = { run: first, end: endOf(first, labels) }
  for (const run of others) {
    const end = endOf(run, labels)
    if (end > best.end) best = { run, end }
  }
  return best
}

type Readings = readonly [LabelRun, ...LabelRun[]]

/** All ways to read a label; each writes this very label. */
function readings(label: string, page: number): Readings {
  const read = (tail: RegExp, style: LabelRun['style'], valueOf: (text: string) => number) => {
    const text = tail.exec(label)?.[0] ?? ''
    const start = valueOf(text)
    if (text === '' || start === 0 || written(start, style) !== text) return []
    return [{ page, prefix: label.slice(0, label.length - text.length), style, start }]
  }
  return [
    { page, prefix: label, style: 'fixed', start: 0 },
    ...read(/[1-9]\d{0,8}$/u, 'decimal', Number),
    ...read(/[ivxlcdm]{1,15}$/u, 'roman', romanValue),
    ...read(/[IVXLCDM]{1,15}$/u, 'Roman', romanValue),
    ...read(/([a-z])\1*$/u, 'letter', letterValue),
    ...read(/([A-Z])\1*$/u, 'Letter', letterValue),
  ]
}

function written(number: number, style: LabelRun['style']): string {
  switch (style) {
    case 'fixed':
      return ''
    case 'decimal':
      return String(number)
    case 'Roman':
      return roman(number)
    case 'roman':
      return roman(number).toLowerCase()
    case 'Letter':
      return letters(number)
    case 'letter':
      return letters(number).toLowerCase()
  }
}

const romanFigures = [
  ['M', 1000],
  ['CM', 900],
  ['D', 500],
  ['CD', 400],
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
] as const

function roman(number: number): string {
  let left = Math.min(number, largestRoman)
  let text = ''
  for (const [figure, value] of romanFigures) {
    while (left >= value) {
      text += figure
      left -= value
    }
  }
  return text
}

function romanValue(text: string): number {
  let left = text.toUpperCase()
  let value = 0
  for (const [figure, worth] of romanFigures) {
    while (left.startsWith(figure)) {
      value += worth
      left = left.slice(figure.length)
    }
  }
  return value
}

/** A to Z, then AA to ZZ. */
function letters(number: number): string {
  const letter = String.fromCharCode(65 + ((number - 1) % 26))
  return letter.repeat(Math.min(mostLetters, Math.ceil(number / 26)))
}

function letterValue(text: string): number {
  const letter = (text.toUpperCase().codePointAt(0) ?? 65) - 64
  return (text.length - 1) * 26 + letter
}
