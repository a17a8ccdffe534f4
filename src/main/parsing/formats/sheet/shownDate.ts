/** Formats a date by a pattern of Excel's, in UTC. */
export type FormatDate = (value: Date, pattern: string) => string

/**
 * Writes a date so that it can't be misread: 2024-03-06, whatever order the sheet's format or the
 * country of its reader has. A month in letters with a year of four digits stays as it is shown.
 *
 * @param pattern a number format (ECMA-376, part 1, 18.8.31).
 */
export function shownDate(value: Date, pattern: string, format: FormatDate): string {
  // Letters in quotes and brackets are no part of the date.
  const parts = pattern
    .split(';', 1)[0]
    ?.replace(/"[^"]*"|\\.|_.|\*.|am\/pm|a\/p/giu, ' ')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, ' ')
    .toLowerCase()
  if (parts === undefined) return format(value, pattern)
  const hasTime = /h|s|\[m/u.test(parts)
  const months = parts.replace(/h+[^a-z]*m{1,2}(?!m)|(?<!m)m{1,2}[^a-z]*s/gu, ' ')
  const hasMonth = months.includes('m')
  const hasDay = /(?<!d)d{1,2}(?!d)/u.test(parts)
  const hasYear = parts.includes('y')
  if (!hasMonth && !hasDay) return format(value, pattern)
  const isWord = months.includes('mmm')
  if (isWord && (parts.includes('yyy') || !(hasYear || hasDay))) return format(value, pattern)
  if (!hasDay) return isWord ? format(value, 'mmm yyyy') : value.toISOString().slice(0, 7)
  return hasTime ? value.toISOString().slice(0, 16).replace('T', ' ') : isoDay(value)
}

function isoDay(value: Date): string {
  return value.toISOString().slice(0, 10)
}
