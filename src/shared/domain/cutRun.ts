import type { Run } from './page.ts'

/**
 * A part of a run: its box is cut in proportion to the characters, along the side that the text runs
 * along, from the right where it runs from right to left.
 *
 * @param text that the run's range is of.
 */
export function cutRun(run: Run, start: number, end: number, text: string): Run {
  if (start <= run.start && end >= run.end) return run
  const [left, top, width, height] = run.box
  const whole = widthOf(text, run.start, run.end)
  const from = widthOf(text, run.start, start) / whole
  const share = widthOf(text, start, end) / whole
  if (isVertical(run)) {
    return { ...run, start, end, box: [left, top + height * from, width, height * share] }
  }
  const begin = isRightToLeft(text.slice(run.start, run.end)) ? 1 - from - share : from
  return { ...run, start, end, box: [left + width * begin, top, width * share, height] }
}

/** Whether a run's text runs downwards or upwards: a vertical script, or a rotated page. */
export function isVertical({ start, end, box: [, , width, height] }: Run): boolean {
  return end - start > 1 && height > width
}

/**
 * The approximate width of a text in ems, by typical character widths: "illicit" is half as wide as
 * "mammoth". Only ratios within a run are used, so exact widths aren't needed.
 */
function widthOf(text: string, start: number, end: number): number {
  let width = 0
  for (let at = start; at < end; at += 1) width += emsOf(text.charAt(at))
  return width
}

const narrow = /[iljtfrI.,;:'’‘|!()[\]\s/-]/u
const wide = /[mwMW@%—]/u
const capital = /[\p{Lu}&]/u
const square = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

function emsOf(character: string): number {
  if (narrow.test(character)) return 0.28
  if (wide.test(character)) return 0.8
  if (capital.test(character)) return 0.66
  return square.test(character) ? 1 : 0.49
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u
const leftToRight = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u

function isRightToLeft(text: string): boolean {
  return rightToLeft.test(text) && !leftToRight.test(text)
}
