/** What is between the cells of a row, where a page has no names in each row. */
const between = ' | '
const figure = /\p{N}/u

/** Whether a line is a row of a table, as readers of documents write one. */
export function isRow(text: string): boolean {
  return text.includes(between)
}

/**
 * Finds the rows that name the columns below them: the first of a table, where it has no figure and a row
 * below it, with as many cells, has one.
 *
 * @param lines of a passage, in reading order.
 * @returns for each line the index of the row that names its columns; its own index if it is such a row, -1
 * if there is none.
 */
export function columnHeads(lines: readonly string[]): readonly number[] {
  const heads: number[] = []
  let first = -1
  lines.forEach((line, at) => {
    if (!isRow(line)) first = -1
    else if (first === -1) first = at
    heads.push(first)
  })
  const naming = new Set(
    heads.filter((head, at) => head !== at && head !== -1 && names(lines[head], lines[at])),
  )
  return heads.map((head) => (naming.has(head) ? head : -1))
}

function names(head = '', row = ''): boolean {
  const count = (text: string): number => text.split(between).length
  return !figure.test(head) && figure.test(row) && count(head) === count(row)
}
