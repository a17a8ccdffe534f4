/** The Greek letters that the font Symbol shows for A to Z and a to z. */
const capitals = 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ'
const small = 'αβχδεφγηιϕκλμνοπθρστυϖωξψζ'

/** Signs of Symbol and Wingdings that carry meaning in a text. */
const symbol: Readonly<Record<number, string>> = {
  0xa3: '≤',
  0xa5: '∞',
  0xae: '→',
  0xb0: '°',
  0xb1: '±',
  0xb3: '≥',
  0xb4: '×',
  0xb7: '•',
  0xb8: '÷',
  0xb9: '≠',
  0xbb: '≈',
}
const wingdings: Readonly<Record<number, string>> = {
  0x6f: '☐',
  0xa8: '☐',
  0xe0: '→',
  0xfb: '✗',
  0xfc: '✓',
  0xfd: '☒',
  0xfe: '☑',
}

/** What a `w:sym` shows: a character by its number in a font; blank where nothing is known of it. */
export function symbolText(font: string, char: string): string {
  const code = Number.parseInt(char, 16)
  if (!Number.isSafeInteger(code) || code < 0x20 || code > 0x10ffff) return ''
  const isPrivate = code >= 0xf000 && code <= 0xf0ff
  // The fonts' own code points start at F000; files often leave that offset out.
  const place = isPrivate ? code - 0xf000 : code
  if (/wingdings/i.test(font)) return wingdings[place] ?? ''
  if (/symbol/i.test(font) && place < 0x100) {
    const letter = String.fromCharCode(place)
    if (/[A-Z]/.test(letter)) return capitals.charAt(place - 0x41)
    if (/[a-z]/.test(letter)) return small.charAt(place - 0x61)
    return symbol[place] ?? (place < 0x80 ? letter : '')
  }
  return isPrivate ? '' : String.fromCodePoint(code)
}
