/**
 * The numbers of sources in an answer: `[1]`, `[2, 3]`, with the blanks before them. The first group
 * holds the numbers, parted by commas or semicolons.
 */
export const citationMarker = /[ \t]*\[(\d{1,2}(?:\s*[,;]\s*\d{1,2})*)\]/gu
