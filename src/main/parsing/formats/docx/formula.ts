import { shiftedText } from '../raisedText.ts'
import type { XmlAttributes } from '../xml/readXml.ts'

/**
 * Writes formulas (Office Math, ECMA-376, part 1, 22.1) in a line: 3/4, 10⁵, √50. Digits that are
 * apart on the page are never beside each other.
 */
export interface Formula {
  readonly isOpen: boolean
  open(name: string, attributes: XmlAttributes): void
  text(text: string): void
  /** @returns the whole formula where it ends; else null. */
  close(name: string): string | null
}

/** Elements within one another; real formulas have some twenty. */
const deepest = 200

interface Element {
  readonly name: string
  text: string
  /** Signs around its content; of a list within delimiters. */
  begin: string
  end: string
  /** Elements within it so far. */
  count: number
}

export function createFormula(): Formula {
  const path: Element[] = []
  /** Elements that are deeper than the deepest: their text is that of the deepest. */
  let below = 0

  function write(text: string): void {
    const last = path.at(-1)
    if (last !== undefined) last.text += text
  }

  /** What an element says, from what is in it. */
  function said({ name, text, begin, end, count }: Element, parent: Element | undefined): string {
    const before = parent?.text.slice(-1) ?? ''
    switch (name) {
      case 'num':
        return `${grouped(text)}/`
      case 'den':
        return grouped(text)
      case 'sup':
      case 'sub': {
        const shift = name === 'sup' ? 'raised' : 'lowered'
        const signs = shiftedText(text, shift, before)
        return signs === text && text !== ''
          ? `${name === 'sup' ? '^' : '_'}${grouped(text)}`
          : signs
      }
      case 'deg':
        return text === '' ? '' : shiftedText(text, 'raised', '')
      case 'd':
        return count === 0 ? text : `${begin}${text}${end}`
      default:
        return text
    }
  }

  return {
    get isOpen() {
      return path.length > 0
    },
    open(name, attributes) {
      if (path.length >= deepest) {
        below += 1
        return
      }
      const parent = path.at(-1)
      if (name === 'chr' && parent?.name === 'naryPr') parent.text = attributes.val ?? ''
      if (name === 'begChr' && path.at(-2)?.name === 'd') setSign(path.at(-2), 'begin', attributes)
      if (name === 'endChr' && path.at(-2)?.name === 'd') setSign(path.at(-2), 'end', attributes)
      if (name === 'e' && parent?.name === 'd') {
        if (parent.count > 0) parent.text += ', '
        parent.count += 1
      }
      path.push({ name, text: '', begin: '(', end: ')', count: 0 })
    },
    text: write,
    close(name) {
      if (below > 0) {
        below -= 1
        return null
      }
      const at = path.findLastIndex((element) => element.name === name)
      // An end without a beginning.
      if (at < 0) return null
      for (;;) {
        const element = path.pop()
        if (element === undefined) return null
        const parent = path.at(-1)
        const text =
          element.name === 'e' && parent?.name === 'rad'
            ? `√${grouped(element.text)}`
            : said(element, parent)
        if (path.length === 0) return text
        write(text)
        if (path.length === at) return null
      }
    },
  }
}

function setSign(
  element: Element | undefined,
  side: 'begin' | 'end',
  { val = '' }: XmlAttributes,
): void {
  if (element !== undefined) element[side] = val
}

/** In brackets, unless it is one number or name. */
function grouped(text: string): string {
  return /^[\p{L}\p{N}.,]*$/u.test(text) ? text : `(${text})`
}
