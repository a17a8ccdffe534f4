/**
 * The offset of each UTF-16 unit of a parsed text in its source. They differ by what parsers leave
 * out within a text of several lines: indents, blanks at the ends of lines and `>`.
 *
 * @param start the offset in `source` at which the text begins.
 */
export function sourceOffsets(value: string, source: string, start: number): readonly number[] {
  let at = start
  return Array.from({ length: value.length }, (_, index) => {
    while (source[at] !== value[index] && leftOut.test(source[at] ?? '')) at += 1
    at += 1
    return at - 1
  })
}

const leftOut = /[\s>]/u
