import { runKind } from './direction.ts'
import type { GlyphRun } from './glyphRun.ts'

const pairs = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['«', '»'],
  ['‹', '›'],
] as const

const others: ReadonlyMap<string, string> = new Map(
  pairs.flatMap(([open, close]) => [[open, close] as const, [close, open] as const]),
)
const closers: ReadonlyMap<string, string> = new Map(pairs)
const brackets = /[()[\]{}«»‹›]/gu

/**
 * Turns around the brackets of a page that is read from the right, if the file names them by their
 * shape: what opens there looks like what closes elsewhere. Which of the two a file does shows in
 * whether its brackets are pairs.
 *
 * @param lines their runs in the order in which they are read.
 */
export function withBrackets(lines: readonly (readonly GlyphRun[])[]): (run: GlyphRun) => GlyphRun {
  let asTheyAre = 0
  let turned = 0
  for (const line of lines) {
    const signs = line.filter(isTurned).flatMap(({ text }) => text.match(brackets) ?? [])
    asTheyAre += countPairs(signs)
    turned += countPairs(signs.map((sign) => others.get(sign) ?? sign))
  }
  if (asTheyAre > turned) return (run) => run
  return (run) =>
    isTurned(run)
      ? { ...run, text: run.text.replace(brackets, (sign) => others.get(sign) ?? sign) }
      : run
}

/** Runs of the other direction are drawn as they are read, brackets included. */
function isTurned({ text }: GlyphRun): boolean {
  const kind = runKind(text)
  return kind === 'R' || kind === 'N'
}

function countPairs(signs: readonly string[]): number {
  let open: string[] = []
  let count = 0
  for (const sign of signs) {
    const closer = closers.get(sign)
    if (closer !== undefined) open.push(closer)
    else if (open.at(-1) === sign) {
      open.pop()
      count += 1
    } else open = []
  }
  return count
}
