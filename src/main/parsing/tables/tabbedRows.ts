/** A quote is a quote only where it encloses the whole cell; else it is a letter. */
const quotedCell = /"([^"]*(?:""[^"]*)*)"(?=[\t\n]|$)/uy
const plainCell = /[^\t\n]*/uy

/**
 * The rows of a text whose cells are separated by tabs, as spreadsheets write it.
 *
 * @param from where the rows begin.
 */
export function* tabbedRows(
  text: string,
  from: number,
): Generator<{ readonly cells: readonly string[]; readonly lines: number }> {
  let at = from
  while (at < text.length) {
    const cells: string[] = []
    let lines = 1
    for (;;) {
      const { value, end } = cellAt(text, at)
      cells.push(value)
      lines += value.split('\n').length - 1
      at = end + 1
      if (text[end] !== '\t') break
    }
    yield { cells, lines }
  }
}

function cellAt(text: string, at: number): { readonly value: string; readonly end: number } {
  quotedCell.lastIndex = at
  const quoted = quotedCell.exec(text)
  if (quoted !== null) {
    return { value: (quoted[1] ?? '').replaceAll('""', '"'), end: quotedCell.lastIndex }
  }
  plainCell.lastIndex = at
  return { value: plainCell.exec(text)?.[0] ?? '', end: plainCell.lastIndex }
}
