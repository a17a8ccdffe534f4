import { cellKind, isValue, type CellKind } from './cellKinds.ts'
import { namesField } from './fieldWords.ts'
import type { Region } from './grid.ts'
import { countFilled, firstFilled, isSameRow, mostlyValues, rowsLooked } from './rowCells.ts'

/** Rows of headings, half-open, in the rows of a region; what is above them are particulars. */
export interface Headings {
  readonly from: number
  readonly to: number
}

/** Rows of headings above the last one. */
const mostBanners = 2
const longestHeading = 200
/** Rows of particulars that may be above the headings. */
const furthest = 20

/** What is below a heading in one column. */
interface Column {
  readonly filled: number
  readonly kinds: ReadonlyMap<CellKind, number>
  readonly texts: ReadonlySet<string>
  readonly withDigits: number
}

/**
 * Finds the rows that name the columns of a region, judged against the rows below them: a heading
 * differs from what it names in kind (a word above figures), does not return below it, and is not a
 * name of one thing among others. Where nothing tells, there is none.
 *
 * @param start the first row that may be one.
 * @returns null if the region has no headings, or none that are sure.
 */
export function findHeadings(region: Region, start = 0): Headings | null {
  const last = lastHeading(region, start)
  if (last === null) return null
  let from = last
  while (from > start && last - from < mostBanners && isBanner(region, from - 1, from)) from -= 1
  const hasUnits = isRowOfUnits(region.rows[last + 1] ?? [])
  return { from, to: hasUnits ? last + 2 : last + 1 }
}

const bracketed = /^(?:\([^)]{1,20}\)|\[[^\]]{1,20}\])$/u
/** Of length, mass, time, money and so on, with a prefix, a power, or by another: `m³`, `kWh`, `km/h`. */
const bareUnit =
  /^(?:[µμnmcdhkMG]?(?:m|g|l|s|W|Wh|V|A|J|N|Pa|Hz|bar|mol)[²³23]?|t|h|ha|min|d|K|°[CF]|%|‰|\p{Sc}|EUR|USD|GBP|CHF|pcs|Stk\.?|dB)(?:\/(?:[ck]?m[²³23]?|[mk]?g|[ml]?l|s|h|d|min|ha))?$/u

/** `(m) | (kg)` below the headings, or `m | kg` where no label is beside them. */
function isRowOfUnits(row: readonly string[]): boolean {
  const filled = row.filter((text) => text !== '')
  if (filled.length === 0) return false
  if (filled.every((text) => bracketed.test(text))) return true
  return row[0] === '' && filled.length > 1 && filled.every((text) => bareUnit.test(text))
}

function lastHeading(region: Region, start: number): number | null {
  const { rows, isMarked } = region
  const marked = markedRows(rows.length, isMarked, start)
  if (marked !== null) return marked
  if (isKeyed(region, start)) return null
  const usual = usualCells(rows.slice(start, start + rowsLooked))
  let best: number | null = null
  for (let at = start; at < Math.min(rows.length - 1, start + furthest); at += 1) {
    const filled = countFilled(rows[at] ?? [])
    if (filled < 2 || isRowOfUnits(rows[at] ?? [])) continue
    const verdict = judge(region, at)
    if (verdict === 'heading' && (best === null || namesMore(rows[at], rows[best]))) best = at
    // Below the first full row of values there are only rows of the table.
    if (verdict === 'values' && filled >= usual * 0.75) break
  }
  return best
}

/** The last of the rows that the file itself marks as headings, unless it marks all. */
function markedRows(
  rows: number,
  isMarked: (row: number) => boolean,
  start: number,
): number | null {
  let first = start
  while (first < Math.min(rows, start + furthest) && !isMarked(first)) first += 1
  if (!isMarked(first)) return null
  let last = first
  while (last + 1 < rows && isMarked(last + 1)) last += 1
  return last + 1 < rows && last - first <= mostBanners ? last : null
}

/** Of rows that may be headings, the lower one is it if it fills more columns or is all field names. */
function namesMore(row: readonly string[] = [], best: readonly string[] = []): boolean {
  if (countFilled(row) !== countFilled(best)) return countFilled(row) > countFilled(best)
  const named = (cells: readonly string[]): number => cells.filter(namesField).length
  return named(row) === countFilled(row) && named(best) < countFilled(best)
}

/** Cells that rows have: the largest number that a fifth of them has or exceeds. */
function usualCells(rows: readonly (readonly string[])[]): number {
  const counts = rows.map(countFilled).sort((one, other) => other - one)
  return counts[Math.floor(counts.length / 5)] ?? 0
}

/** Two columns of keys and values, as above an invoice: `Customer:`, `Customer no.`, `Date`. */
export function isKeyed({ rows, width }: Region, from: number, to = rows.length): boolean {
  const keys = rows
    .slice(from, Math.min(to, from + rowsLooked))
    .filter((row) => countFilled(row) === 2)
  const [first] = keys
  if (first === undefined) return false
  const colons = keys.filter((row) => firstFilled(row).endsWith(':')).length
  if (colons * 2 > keys.length) return true
  const isTwo = keys.every((row) => row[0] !== '' && row[1] !== '')
  if (!isTwo || (width > 2 && to === rows.length)) return false
  if (keys.some((row) => namesField(row[1] ?? ''))) return false
  const named = keys.filter((row) => namesField(row[0] ?? '')).length
  return named > 1 && named * 2 >= keys.length
}

type Verdict = 'heading' | 'values' | 'unsure'

function judge(region: Region, at: number): Verdict {
  const row = region.rows[at] ?? []
  if (row.some((text) => text.length > longestHeading)) return 'values'
  const years = isSequence(row)
  const isLoneYear = row.filter((text) => cellKind(text) === 'year').length === 1
  const compared = comparedRows(region, at)
  let speaksFor = 0
  let speaksAgainst = 0
  let unnamed = 0
  for (let column = 0; column < region.width; column += 1) {
    const text = row[column] ?? ''
    const below = columnBelow(region, column, compared)
    if (text === '') {
      if (below.filled > 0 && column > 0) unnamed += 1
      continue
    }
    const isYear = cellKind(text) === 'year'
    const vote = years && isYear ? 1 : compare(text, below, isYear && isLoneYear)
    if (vote > 0) speaksFor += vote
    else speaksAgainst -= vote
  }
  const filled = countFilled(row)
  const named = row.filter((text) => text !== '' && namesField(text)).length
  if (speaksAgainst > 0 && speaksAgainst * 2 >= speaksFor) return 'values'
  if (unnamed > filled) return 'unsure'
  if (speaksFor > 0) return 'heading'
  return named * 2 > filled && named > 1 ? 'heading' : 'unsure'
}

/** Years in a row, as 2021, 2022, 2023: headings even above figures that look like years. */
function isSequence(row: readonly string[]): boolean {
  const years = row.filter((text) => cellKind(text) === 'year').map(Number)
  const step = (years[1] ?? 0) - (years[0] ?? 0)
  return (
    years.length > 1 &&
    Math.abs(step) === 1 &&
    years.every((year, index) => index === 0 || year - (years[index - 1] ?? 0) === step)
  )
}

/**
 * Positive: the text names what is below it. Negative: it is one of them. 0: it can't be told.
 *
 * @param isLoneYear a year without another in its row is a value above words.
 */
function compare(text: string, below: Column, isLoneYear: boolean): number {
  if (below.filled === 0) return 0
  const kind = cellKind(text)
  if (below.texts.has(text)) return -1
  const values = share(below, isValue)
  if (values >= mostlyValues) {
    if (kind === 'text' || kind === 'code') return 1
    if (kind === 'date') return share(below, (one) => one === 'date') < 0.5 ? 1 : -1
    if (kind === 'year') return share(below, (one) => one === 'year') < 0.5 ? 1 : -1
    return kind === 'blank' ? 0 : -1
  }
  if (kind === 'number' || isLoneYear) return -1
  const hasDigits = /\d/u.test(text)
  if (kind === 'text' && !hasDigits && below.filled > 1 && below.withDigits / below.filled >= 0.8) {
    return 1
  }
  // Labels return: a column of few different words, of which the one above is none.
  if (kind === 'text' && below.filled >= 4 && below.texts.size * 2 <= below.filled) return 1
  return 0
}

/** The rows that a heading is compared with; units and headings that are printed again are none. */
function comparedRows({ rows }: Region, head: number): readonly number[] {
  const row = rows[head] ?? []
  const compared: number[] = []
  for (let at = head + 1; at < Math.min(rows.length, head + 1 + rowsLooked); at += 1) {
    const cells = rows[at] ?? []
    if (!isRowOfUnits(cells) && !isSameRow(cells, row)) compared.push(at)
  }
  return compared
}

function columnBelow(region: Region, column: number, compared: readonly number[]): Column {
  const kinds = new Map<CellKind, number>()
  const texts = new Set<string>()
  let filled = 0
  let withDigits = 0
  for (const at of compared) {
    if (region.isCarried(at, column)) continue
    const text = region.rows[at]?.[column] ?? ''
    const kind = cellKind(text)
    if (kind === 'blank') continue
    filled += 1
    texts.add(text)
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    if (kind !== 'text') withDigits += 1
  }
  return { filled, kinds, texts, withDigits }
}

function share({ filled, kinds }: Column, is: (kind: CellKind) => boolean): number {
  if (filled === 0) return 0
  let sum = 0
  for (const [kind, times] of kinds) if (is(kind)) sum += times
  return sum / filled
}

/** A row above the headings whose cells name groups of columns. */
function isBanner(region: Region, at: number, below: number): boolean {
  const row = region.rows[at] ?? []
  const filled = row.filter((text) => text !== '')
  if (filled.length === 0 || filled.length > region.width) return false
  if (filled.some((text) => cellKind(text) === 'number')) return false
  const wide = (region.wide.get(at) ?? []).filter(({ from }) => (row[from] ?? '') !== '')
  const isTitle = filled.length === 1 && wide.every(({ from, to }) => to - from + 1 >= region.width)
  if (isTitle && wide.length > 0) return false
  if (wide.length > 0) return true
  return evenGroups(region, at, below) !== null
}

/**
 * Without spans, a banner shows in headings that return under each of its cells: `2022, , 2023, ` above
 * `Spring, Autumn, Spring, Autumn`.
 *
 * @returns where the groups begin, or null if it is no banner.
 */
export function evenGroups({ rows }: Region, at: number, below: number): readonly number[] | null {
  const banner = rows[at] ?? []
  const names = rows[below] ?? []
  const starts = banner.flatMap((text, column) =>
    text !== '' && names[column] !== '' && text !== names[column] ? [column] : [],
  )
  const [first, second] = starts
  if (first === undefined || second === undefined) return null
  const groups = starts.map((from, index) => names.slice(from, starts[index + 1]).join('\n'))
  return groups.every((group) => group === groups[0]) && second - first > 1 ? starts : null
}
