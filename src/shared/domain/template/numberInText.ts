import { answerWords } from './answerText.ts'
import { plainNumber } from './plainNumber.ts'

/** A number as it is written, with its currency or unit if it has one. */
export interface Quantity {
  readonly value: number
  /** `$`, `%`, `°c`; empty without. */
  readonly unit: string
}

/** What `plainNumber` writes, and numbers with an exponent. */
const quantity = /^([-+]?)(\p{Sc}?)(\d+(?:\.\d+)?(?:e[-+]?\d+)?)([%‰]?|\p{Sc}|°[cf]?)$/iu
/** "12kg" */
const unitOfLetters = /(?<=\p{Nd})\p{L}+$/u

/** The one number that a text names, in digits; null where it names none, or several. */
export function numberInText(text: string): Quantity | null {
  const found = answerWords(text).flatMap((word) => quantityOf(word) ?? [])
  const [first] = found
  if (first === undefined) return null
  return found.every(({ value }) => value === first.value) ? first : null
}

function quantityOf(word: string): Quantity | null {
  const bare = quantity.test(word) ? word : word.replace(unitOfLetters, '')
  const [, sign, before = '', digits, after = ''] =
    quantity.exec(plainNumber(bare) ?? bare.toLowerCase()) ?? []
  if (digits === undefined) return null
  const value = Number(digits)
  if (!Number.isFinite(value)) return null
  return { value: sign === '-' ? -value : value, unit: (before + after).toLowerCase() }
}
