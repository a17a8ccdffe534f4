/**
 * chardet reads no more than this: enough to distinguish encodings, regardless of the file's size.
 */
const sampleBytes = 64 * 1024
/** Below this confidence (of 100) chardet's guess is checked against others. */
const sure = 50
/** How much more like words another outcome must look to win over a likelier encoding. */
const margin = 0.2
/** What chardet does not know, or gives up on in a short text. */
const alsoTried = ['ibm866', 'shift_jis', 'windows-1252']

const letter = /\p{L}/u
const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]
const mark = /[\p{P}\p{Sc}\p{Zs}°§«»]/u

/**
 * The most likely encoding of bytes that are no UTF-8: by letter frequencies (chardet), and where
 * those say little by how much the outcome looks like words.
 */
export async function guessEncoding(bytes: Uint8Array): Promise<string> {
  const sample = bytes.subarray(0, sampleBytes)
  const { analyse } = await import('chardet')
  const guesses = analyse(sample)
  const [best] = guesses
  if (best !== undefined && best.confidence >= sure && decodeAs(best.name, sample) !== null) {
    return best.name
  }
  let chosen = 'windows-1252'
  let most = -Infinity
  for (const label of [...guesses.map(({ name }) => name), ...alsoTried]) {
    const decoded = decodeAs(label, sample)
    const score = decoded === null ? -Infinity : wordiness(decoded.text)
    if (score > most + margin) [chosen, most] = [label, score]
  }
  return chosen
}

/**
 * @param label any name of an encoding, in any case.
 * @returns null for an encoding that this runtime does not know.
 */
export function decodeAs(
  label: string,
  bytes: Uint8Array,
): { text: string; encoding: string } | null {
  try {
    const decoder = new TextDecoder(label)
    const { encoding } = decoder
    const text = decoder.decode(bytes)
    return { text: encoding === 'windows-1252' ? withoutControls(text) : text, encoding }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** What windows-1252 has where Latin-1 has control characters. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'

/** Some versions of Node decode windows-1252 as Latin-1 (nodejs/node#56542). */
function withoutControls(text: string): string {
  return text.replace(/[\u0080-\u009F]/g, (control) => {
    return windows1252.charAt(control.charCodeAt(0) - 0x80)
  })
}

/** Mean over the letters beyond ASCII: 1 where they are in words of one script and one case. */
function wordiness(text: string): number {
  let sum = 0
  let count = 0
  let before = ''
  for (const character of text) {
    if (character > '\u007F') {
      count += 1
      sum += plausibility(before, character)
    }
    before = character
  }
  return count === 0 ? 0 : sum / count
}

function plausibility(before: string, character: string): number {
  if (character === '\uFFFD' || /[\p{Cc}\p{Co}]/u.test(character)) return -3
  if (!letter.test(character)) return mark.test(character) ? 0 : -1
  if (!letter.test(before)) return 1
  if (scripts.some((script) => script.test(before) !== script.test(character))) return -1
  return /\p{Ll}/u.test(before) && /\p{Lu}/u.test(character) ? -1 : 1
}
