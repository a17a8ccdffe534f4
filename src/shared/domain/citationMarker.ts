/**
 * The numbers of sources in an answer: `[1]`, `[2, 3]`, with the spaces before them. The first
 * group is the numbers, separated by commas or semicolons.
 */
export const citationMarker = /[ \t]*\[(\d{1,2}(?:\s*[,;]\s*\d{1,2})*)\]/gu

/** The numbers of a match of `citationMarker`. */
export function citedNumbers([, numbers = '']: RegExpMatchArray): number[] {
  return numbers.split(/[,;]/u).map(Number)
}
