/** Digits and signs that Unicode has raised and lowered. */
const plainSigns = '0123456789+-=()n'
const raisedSigns = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ'
const loweredSigns = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ'

export type Shift = 'raised' | 'lowered'

/**
 * Writes small figures above or below the line so that they never join the digits beside them:
 * 10 to the sixth is 10⁶, a note at 2,023 is 2,023¹. Words such as the end of an ordinal (1st) stay
 * as they are.
 *
 * @param before the character before it; blank if there is none.
 */
export function shiftedText(text: string, shift: Shift, before: string): string {
  const signs = text.replaceAll('−', '-').trim()
  if (signs === '') return text
  if (/^[\d+\-=()n]+$/u.test(signs)) {
    const shifted = shift === 'raised' ? raisedSigns : loweredSigns
    return signs.replace(/./gu, (sign) => shifted.charAt(plainSigns.indexOf(sign)))
  }
  const isOrdinal = /^(?:st|nd|rd|th|er|ère|re|e|o|a|os|as|ᵉ|me|le|lle|mo|ma)\.?$/iu.test(signs)
  if (isOrdinal || !/\d/u.test(before) || !/^[\p{L}\d]/u.test(signs)) return text
  return `${shift === 'raised' ? '^' : '_'}${/^.$/u.test(signs) ? signs : `(${signs})`}`
}
