import { formatNumber } from '../numberFormats.ts'
import { readTags } from './readTags.ts'
import type { Attributes } from './tags.ts'

export interface List {
  readonly ordered: boolean
  /** As `formatNumber` knows it. */
  readonly format: string
  readonly step: 1 | -1
  next: number
}

const listStyle =
  /list-style(?:-type)?\s*:[^;]*?\b(none|(?:lower|upper)-(?:alpha|latin|roman)|decimal-leading-zero)/iu

export function isReversed(name: string, attributes: Attributes): boolean {
  return name === 'ol' && 'reversed' in attributes
}

/** The bullet or number of the next item. */
export function nextMark(list: List | undefined, value: string | undefined): string {
  if (list?.ordered !== true) return '- '
  list.next = numberIn(value) ?? list.next
  const number = formatNumber(list.next, list.format)
  list.next += list.step
  return number === '' ? '' : `${number}. `
}

/**
 * A list with the numbers that a browser shows (HTML standard, 4.4.5).
 *
 * @param items how many it has, if it counts down.
 */
export function newList(name: string, attributes: Attributes, items: number): List {
  const { start, type = '', style = '' } = attributes
  const isDown = isReversed(name, attributes)
  return {
    ordered: name === 'ol',
    format: listFormats[listStyle.exec(style)?.[1]?.toLowerCase() ?? type] ?? 'decimal',
    step: isDown ? -1 : 1,
    next: numberIn(start) ?? (isDown ? items : 1),
  }
}

const listFormats: Readonly<Record<string, string>> = {
  ...{ a: 'lowerLetter', A: 'upperLetter', i: 'lowerRoman', I: 'upperRoman', none: 'none' },
  ...{ 'lower-alpha': 'lowerLetter', 'upper-alpha': 'upperLetter', 'lower-latin': 'lowerLetter' },
  ...{ 'upper-latin': 'upperLetter', 'lower-roman': 'lowerRoman', 'upper-roman': 'upperRoman' },
  'decimal-leading-zero': 'decimalZero',
}

function numberIn(value: string | undefined): number | null {
  const number = Number.parseInt(value ?? '', 10)
  return Number.isSafeInteger(number) ? number : null
}

/** How many items each list has that counts down, in the order of their beginnings. */
export function countReversed(html: string, xml: boolean): number[] {
  if (!/\breversed\b/iu.test(html)) return []
  const counts: { items: number }[] = []
  const open: { items: number }[] = []
  const listener = {
    open(name: string, attributes: Attributes) {
      if (name === 'ol' || name === 'ul') {
        const list = { items: 0 }
        open.push(list)
        if (isReversed(name, attributes)) counts.push(list)
      } else if (name === 'li') {
        const list = open.at(-1)
        if (list !== undefined) list.items += 1
      }
    },
    close(name: string) {
      if (name === 'ol' || name === 'ul') open.pop()
    },
    text: () => undefined,
  }
  readTags(html, listener, xml)
  return counts.map(({ items }) => items)
}
