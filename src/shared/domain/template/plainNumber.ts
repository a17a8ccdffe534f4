/** A sign, digits in one of the usual groupings, and perhaps decimals, between a currency and a unit. */
const written =
  /^(?<sign>[-+]?)(?<before>\p{Sc}?)(?<whole>\p{Nd}{1,3}(?:[,']\p{Nd}{3})+|\p{Nd}{1,3}(?:\.\p{Nd}{3})+(?=,\p{Nd}+)|\p{Nd}+|(?=\.\p{Nd}))(?:[.,](?<decimals>\p{Nd}+))?(?<after>[%‰]?|\p{Sc}|°[CF]?)$/u

/**
 * A number as it is compared: without separators of thousands, with a point before its decimals, in ASCII
 * digits. "1,500" and "1500" are one, as "15.0" and "15" are. Two are never one that may be different
 * versions or codes: "1.10" and "1.1", "007" and "7"; zeros at the end go only where there is a unit or a
 * currency, or nothing else behind the point.
 *
 * @returns null for what is no number
 */
export function plainNumber(token: string): string | null {
  const groups = written.exec(token)?.groups
  if (groups === undefined) return null
  const { sign = '', before = '', after = '' } = groups
  const whole = asciiDigits(groups.whole ?? '') || '0'
  const decimals = asciiDigits(groups.decimals ?? '')
  const isCode = whole.length > 1 && whole.startsWith('0')
  if (isCode) return null
  // Three decimals may be thousands elsewhere.
  const hasUnit = (before !== '' || after !== '') && decimals.length !== 3
  const kept = hasUnit || /^0+$/u.test(decimals) ? decimals.replace(/0+$/u, '') : decimals
  return `${sign}${before}${whole}${kept === '' ? '' : `.${kept}`}${after}`
}

/** Digits of any script by their value; separators go. */
function asciiDigits(text: string): string {
  return Array.from(text, (sign) => {
    if (!/\p{Nd}/u.test(sign)) return ''
    return String(digitValue(sign.codePointAt(0) ?? 0))
  }).join('')
}

/** Digits of a script are ten consecutive code points, from its zero on. */
function digitValue(code: number): number {
  let zero = code
  while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return (code - zero) % 10
}
