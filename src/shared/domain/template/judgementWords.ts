import type { Support } from '../conversation.ts'
import { formatCount, plural } from '../localFormat.ts'
import { shortened } from '../shortened.ts'
import type { Measure } from './measure.ts'
import type { LeafType } from './outputFormat.ts'

const same: Readonly<Record<LeafType['kind'], readonly [right: string, wrong: string]>> = {
  text: ['The same words.', 'Not the same words.'],
  number: ['The same number.', 'Not the same number.'],
  boolean: ['The same.', 'The opposite.'],
  label: ['The same label.', 'Not the same label.'],
  list: ['The same items.', 'Not the same items.'],
}

/** By which rule a value is right or wrong, in a sentence; stored with the result. */
export const judgementWords = {
  leftOutAsExpected: 'Left out, as expected.',
  leftOut: 'It was left out.',
  notLeftOut: 'It should be left out.',
  notInFormat: 'Not in the answer format.',

  otherCount: (given: number, expected: number): string =>
    `${plural(given, 'item')} instead of ${formatCount(expected)}.`,
  everyItem: (count: number): string =>
    count === 0 ? 'No items, as expected.' : `Right in ${plural(count, 'item')}.`,
  item: (index: number, why: string): string => `Item ${String(index + 1)}: ${why}`,

  equal(kind: LeafType['kind'], correct: boolean, isIdentical: boolean): string {
    if (correct && kind === 'text') {
      return isIdentical
        ? 'The same text.'
        : 'The same words; capitals, articles and marks around words don’t count.'
    }
    return same[kind][correct ? 0 : 1]
  },
  noneOf: (accepted: number): string => `None of the ${String(accepted)} accepted answers.`,
  contains: (correct: boolean, part: string): string =>
    `${correct ? 'Contains' : 'Doesn’t contain'} “${shortened(part)}”.`,
  pattern: (correct: boolean, source: string): string =>
    `${correct ? 'Matches' : 'Doesn’t match'} the pattern “${shortened(source)}”.`,

  noNumber: 'The answer doesn’t contain one number, in digits.',
  otherUnit: (wanted: string, given: string): string => `“${given}” isn’t the unit “${wanted}”.`,
  number(difference: number, wanted: number, by: Extract<Measure, { kind: 'number' }>): string {
    if (by.unit === 'absolute') {
      return `Differs by ${rounded(difference)}; up to ${String(by.within)} is right.`
    }
    const found =
      wanted === 0 ? rounded(difference) : `${rounded((100 * difference) / Math.abs(wanted))} %`
    return `Differs by ${found}; up to ${String(by.within)} % is right.`
  },

  noDate: 'The answer contains no date with its year.',
  severalDates: (count: number): string => `The answer contains ${String(count)} dates.`,
  date: (wanted: string, given: string): string =>
    wanted === given ? `The same day, ${given}.` : `${given} isn’t ${wanted}.`,

  items(missing: readonly string[], more: readonly string[]): string {
    const parts = [
      ...(missing.length === 0
        ? []
        : [`Missing: ${missing.map((one) => shortened(one)).join(', ')}.`]),
      ...(more.length === 0
        ? []
        : [`Not expected: ${more.map((one) => shortened(one)).join(', ')}.`]),
    ]
    return parts.length === 0 ? 'The same labels.' : parts.join(' ')
  },
  tokenF1: (f1: number, least: number): string =>
    `Token F1 is ${rounded(f1)}; ${String(least)} or more is right.`,
  noJson: 'The answer contains no JSON.',
  sameShape: 'JSON of the expected shape.',

  supported: 'Supported by the row’s passage.',
  unsupported(
    support: Exclude<Support, 'whole'>,
    sentence: string,
    missing: readonly string[],
  ): string {
    const claim = `“${shortened(sentence.replace(/\s+/gu, ' ').trim())}”`
    const why =
      missing.length === 0
        ? 'Its words are in the passage, but not in this sense.'
        : `Not in the passage: ${missing.map((one) => shortened(one)).join(', ')}.`
    return `${support === 'part' ? 'Only partly' : 'Not'} supported: ${claim}. ${why}`
  },
  noClaim: 'Says nothing that a passage could support.',
  claimsNothing: 'Left out, so that it claims nothing.',
  noPassage: (field: string | null): string =>
    field === null
      ? 'Not judged: this row has no passage.'
      : `${field}: not judged, as this row has no passage.`,
} as const

/** With as many digits as a person compares, and no trace of binary fractions. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(6)))
}
