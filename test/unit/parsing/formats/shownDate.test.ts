import { formatValue } from 'hucre'
import { expect, test } from 'vitest'
import { shownDate } from '../../../../src/main/parsing/formats/sheet/shownDate.ts'

const patterns: readonly (readonly [string, string])[] = [
  ['m/d/yyyy', '2024-03-06'],
  ['dd.mm.yy', '2024-03-06'],
  ['d-mmm-yy', '2024-03-06'],
  ['d. mmmm', '2024-03-06'],
  ['ddd d/m', '2024-03-06'],
  ['yyyy-mm-dd', '2024-03-06'],
  ['m/d/yyyy h:mm', '2024-03-06 18:05'],
  ['dd/mm/yyyy h:mm:ss AM/PM', '2024-03-06 18:05'],
  ['[$-407]d/m/yyyy;@', '2024-03-06'],
  ['mmm yyyy', 'Mar 2024'],
  ['mmmm yyyy', 'March 2024'],
  ['mmm-yy', 'Mar 2024'],
  ['mm/yy', '2024-03'],
  ['mmmm', 'March'],
  ['yyyy', '2024'],
  ['d mmmm yyyy', '6 March 2024'],
  ['h:mm', '18:05'],
  ['h:mm AM/PM', '6:05 PM'],
  ['mm:ss', '05:09'],
  ['"Day of month" h:mm', 'Day of month 18:05'],
]

test.each(patterns)('a date in the format %s can’t be misread: %s', (pattern, shown) => {
  expect(shownDate(new Date('2024-03-06T18:05:09Z'), pattern, formatValue)).toBe(shown)
})
