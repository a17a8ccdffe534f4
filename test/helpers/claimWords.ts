import type { CountedPair } from './resultTable.ts'

const small = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** Whether a sentence says how many rows of a pair are better and worse. */
export function saysCounts(sentence: string, { better, worse }: CountedPair): boolean {
  if (better + worse === 0) return sentence.includes('no row differs')
  return sentence.includes(`${rowsOf(better)} better, ${String(worse)} worse`)
}

export function rowsOf(count: number): string {
  return `${String(count)} ${count === 1 ? 'row' : 'rows'}`
}

/** Whether one of the percentages of a sentence is this share, as well as it can be rounded. */
export function saysShare(sentence: string, share: number): boolean {
  const found = [...sentence.matchAll(/(over |under )?(\d+) %/gu)]
  return found.some(([, beyond, percent]) => {
    if (beyond === 'over ') return share > 0.99 && share < 1
    if (beyond === 'under ') return share > 0 && share < 0.01
    return Math.abs(share - Number(percent) / 100) <= 0.005 + 1e-9
  })
}

/** Whether a sentence says a number in a word or in digits. */
export function saysNumber(sentence: string, count: number): boolean {
  const word = small[count]
  const digits = new RegExp(`(?<!\\d)${String(count)}(?!\\d)`, 'u')
  return (
    digits.test(sentence.replaceAll(',', '')) ||
    (word !== undefined && new RegExp(`\\b${word}\\b`, 'iu').test(sentence))
  )
}

/** The points after `at most`; null where there are none. */
export function mostPoints(sentence: string): number | null {
  const points = /at most (\d+) points?/u.exec(sentence)?.[1]
  if (points !== undefined) return Number(points) / 100
  return sentence.includes('less than a point') ? 0.005 : null
}
