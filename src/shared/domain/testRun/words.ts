import { formatCount, formatDecimal } from '../localFormat.ts'

/** Figures in words: rounded to what the rows can show, and never rounded to none or all. */

/** `41 %` of 0.41. Only all is `100 %`, and only none `0 %`. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100)
  if (rounded === 100 && share < 1) return 'over 99 %'
  if (rounded === 0 && share > 0) return 'under 1 %'
  return `${rounded} %`
}

/** A difference of shares, `12 points` or `−3 points`. */
export function points(difference: number): string {
  const rounded = Math.round(difference * 100)
  return `${signed(rounded)} ${Math.abs(rounded) === 1 ? 'point' : 'points'}`
}

/** An interval of differences: `5 to 19`, `−8 to 6`. */
export function pointRange(low: number, high: number): string {
  return `${signed(Math.round(low * 100))} to ${signed(Math.round(high * 100))}`
}

function signed(whole: number): string {
  return whole < 0 ? `−${Math.abs(whole)}` : String(Math.abs(whole))
}

export function pValue(p: number): string {
  if (p < 0.001) return `p < ${formatDecimal(0.001, 3)}`
  if (p > 0.995) return `p = ${formatDecimal(1, 1)}`
  return `p = ${formatDecimal(p, p < 0.0995 ? 3 : 2)}`
}

const small = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** `four` of 4, `1,204` of 1204. */
export function count(number: number): string {
  return small[number] ?? formatCount(number)
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A name as written inside a sentence: `few-shot` of `Few-shot`, but `GPT` stays. */
export function inSentence(name: string): string {
  return /^\p{Lu}(?!\p{Lu})/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

/** `0.8 s`, `1.1 s`, `12 s`; `0.01 s` of what takes less than a tenth. */
export function seconds(value: number): string {
  if (value >= 9.95) return `${Math.round(value)} s`
  if (value >= 0.095) return `${formatDecimal(value, 1)} s`
  return value > 0 && value < 0.005
    ? `under ${formatDecimal(0.01, 2)} s`
    : `${formatDecimal(value, 2)} s`
}
