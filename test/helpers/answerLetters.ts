/** Signs of which an answer's form may be made. All other signs and all letters are always shown. */
const formSigns = /[*`#>|:~_-]/gu

/** What an element shows, with the signs that its style sheet writes from attributes. */
export function lettersOf(node: Node): string {
  if (node.nodeType === 3) return node.textContent ?? ''
  const inner = [...node.childNodes].map(lettersOf).join('')
  const dataset = 'dataset' in node ? (node as HTMLElement).dataset : {}
  return `${dataset.mark ?? ''}${dataset.info ?? ''}${inner}`
}

/** The text without blanks and without signs that can become form. */
export function keptLetters(text: string): string {
  // A backslash that keeps a bar in a cell of a table is a mark.
  return text.replaceAll('\\|', '').replace(/\s/gu, '').replace(formSigns, '')
}

/** How many of each sign were in the text and are not in the view. */
export function lostSigns(text: string, view: string): Readonly<Record<string, number>> {
  const count = (from: string, sign: string) => from.split(sign).length - 1
  const signs = ['*', '`', '#', '>', '|', ':', '~', '_', '-']
  return Object.fromEntries(signs.map((sign) => [sign, count(text, sign) - count(view, sign)]))
}

/** The most of each sign that can have become the elements which there are. */
export function marksOfForm(root: ParentNode): Readonly<Record<string, number>> {
  const has = (selector: string) => root.querySelectorAll(selector).length
  const any = (selector: string) => (has(selector) > 0 ? Infinity : 0)
  const rules = any('hr')
  return {
    '*': 2 * has('em') + 4 * has('strong') + has('li') + rules,
    '`': any('code'),
    '#': 6 * has('h1, h2, h3, h4, h5, h6'),
    '>': any('blockquote'),
    '|': any('table'),
    ':': any('table'),
    '~': any('pre'),
    _: rules,
    '-': has('li') + any('table') + rules,
  }
}
