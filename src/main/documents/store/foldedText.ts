import type { TextRange } from '../../../shared/domain/page.ts'

interface FoldedText {
  readonly text: string
  /**
   * The range of the original that each code unit of `text` comes from; undefined if the positions
   * are the same.
   */
  readonly origin: { readonly start: Uint32Array; readonly end: Uint32Array } | undefined
}

/**
 * All occurrences of `query` in `text`, ignoring case, as ranges of `text`. Changing case can
 * change lengths (ß and SS, İ and i̇, ﬁ and FI), so each code unit keeps its original position; a
 * match never starts or ends inside a character.
 */
export function findFolded(text: string, query: string, limit: number): TextRange[] {
  const wanted = fold(query).text
  const found: TextRange[] = []
  if (wanted === '') return found
  const { text: folded, origin } = fold(text)
  let at = folded.indexOf(wanted)
  while (at !== -1 && found.length < limit) {
    const last = at + wanted.length - 1
    const whole = startsCharacter(origin, at) && startsCharacter(origin, last + 1)
    if (whole) {
      found.push({ start: origin?.start[at] ?? at, end: origin?.end[last] ?? last + 1 })
    }
    at = folded.indexOf(wanted, whole ? last + 1 : at + 1)
  }
  return found
}

function startsCharacter(origin: FoldedText['origin'], at: number): boolean {
  return origin === undefined || at === 0 || origin.start[at] !== origin.start[at - 1]
}

/** Upper case first, which maps ς to σ and ß to ss; lower case alone wouldn't. */
function foldCharacter(character: string): string {
  return character.toUpperCase().toLowerCase()
}

function fold(text: string): FoldedText {
  if (/^[\u0000-\u007f]*$/.test(text)) return { text: text.toLowerCase(), origin: undefined }
  const parts: string[] = []
  let same = true
  for (const character of text) {
    const folded = foldCharacter(character)
    same &&= folded.length === character.length
    parts.push(folded)
  }
  const whole = parts.join('')
  // Positions are equal even with surrogate pairs: no query starts inside one.
  return { text: whole, origin: same ? undefined : originOf(text, parts, whole.length) }
}

function originOf(text: string, parts: readonly string[], length: number): FoldedText['origin'] {
  const start = new Uint32Array(length)
  const end = new Uint32Array(length)
  let from = 0
  let to = 0
  let part = 0
  for (const character of text) {
    const size = parts[part]?.length ?? 0
    start.fill(from, to, to + size)
    end.fill(from + character.length, to, to + size)
    from += character.length
    to += size
    part += 1
  }
  return { start, end }
}
