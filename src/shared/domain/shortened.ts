const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** UTF-16 units that a character may be longer than the room left for it. */
const longestCharacter = 64

/** The beginning of a text, cut between two characters as a person sees them: no half emoji, no lost accent. */
export function cutAt(text: string, most: number): string {
  if (text.length <= most) return text
  let end = 0
  for (const { index, segment } of characters.segment(text.slice(0, most + longestCharacter))) {
    if (index + segment.length > most) break
    end = index + segment.length
  }
  return text.slice(0, end)
}

/**
 * A text for a sentence or a title, with an ellipsis where it was cut.
 *
 * @param most UTF-16 units, the ellipsis included.
 */
export function shortened(text: string, most = 60): string {
  return text.length <= most ? text : `${cutAt(text, most - 1).trimEnd()}…`
}
