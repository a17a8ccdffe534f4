import { datesInText } from '../datesInText.ts'
import { readPattern } from '../linearPattern.ts'
import { shortened } from '../shortened.ts'
import { jsonInText } from './jsonShape.ts'
import type { Measure } from './measure.ts'
import { numberInText } from './numberInText.ts'

/**
 * Why an answer can't be judged against any of these texts by a measure, and what to do.
 *
 * @returns null if it can: one of the texts will do, since the parts of a cell are accepted beside the whole.
 */
export function unusableExpected(by: Measure, texts: readonly string[]): string | null {
  const reasons = texts.map((text) => reason(by, text))
  return reasons.includes(null) ? null : (reasons[0] ?? null)
}

function reason(by: Measure, text: string): string | null {
  const it = `“${shortened(text)}”`
  switch (by.kind) {
    case 'pattern': {
      const reading = readPattern(text)
      return reading.ok ? null : `The pattern ${it} can’t be used. ${reading.why}`
    }
    case 'number':
      return numberInText(text) === null ? `${it} should contain one number, in digits.` : null
    case 'date':
      return datesInText(text, by.order).length === 1
        ? null
        : `${it} should contain one date with its year, such as 2024-03-05.`
    case 'json-shape':
      return jsonInText(text) === null ? `${it} should be JSON of the shape that is wanted.` : null
    case 'equal':
    case 'one-of':
    case 'contains':
    case 'label-set':
    case 'token-f1':
    case 'supported':
      return null
  }
}
