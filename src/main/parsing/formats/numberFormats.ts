/** Writes a number as a list shows it (ECMA-376, 17.18.59); unknown formats count in digits. */
export function formatNumber(value: number, format: string): string {
  switch (format) {
    case 'none':
      return ''
    case 'decimalZero':
      return String(value).padStart(2, '0')
    case 'lowerLetter':
      return letters(value)
    case 'upperLetter':
      return letters(value).toUpperCase()
    case 'lowerRoman':
      return roman(value)
    case 'upperRoman':
      return roman(value).toUpperCase()
    case 'ordinal':
      return `${value}${ordinalEnd(value)}`
    default:
      return String(value)
  }
}

/** a to z, then aa, bb: a letter is repeated, as Word does it. */
function letters(value: number): string {
  if (value < 1) return String(value)
  const letter = String.fromCharCode(97 + ((value - 1) % 26))
  // A list of a million letters would be one word of 40,000.
  return letter.repeat(Math.min(8, Math.floor((value - 1) / 26) + 1))
}

const romans: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

function roman(value: number): string {
  if (value < 1 || value > 9_999) return String(value)
  let left = value
  let text = ''
  for (const [size, letter] of romans) {
    while (left >= size) {
      text += letter
      left -= size
    }
  }
  return text
}

function ordinalEnd(value: number): string {
  const tens = value % 100
  if (tens >= 11 && tens <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th'
}
