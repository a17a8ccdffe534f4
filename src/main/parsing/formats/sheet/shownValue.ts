import type { Cell } from 'hucre/xlsx'
import { shownDate } from './shownDate.ts'

/** Formats a value by a pattern of Excel's. */
export type FormatValue = (value: number | Date, pattern: string) => string

/** What a cell shows, as text where its number format says so; else its value. */
export function shownValue({ value, style }: Cell, format: FormatValue): unknown {
  const pattern = style?.numFmt
  if (pattern === undefined) return value
  if (value instanceof Date) return shownDate(value, pattern, format)
  if (typeof value !== 'number' || pattern === 'General') return value
  return format(value, withCurrency(pattern)).trim()
}

/** `[$€-407]` is the currency € in the order of a country: hucre leaves it out. */
function withCurrency(pattern: string): string {
  return pattern.replace(/\[\$([^\]-]*)(?:-[^\]]*)?\]/gu, (_, sign: string) =>
    sign === '' ? '' : `"${sign}"`,
  )
}
