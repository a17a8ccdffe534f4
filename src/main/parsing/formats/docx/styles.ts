import type { ParagraphTraits } from '../story/flow.ts'
import { readXml } from '../xml/readXml.ts'

export interface Styles {
  readonly paragraph: (styleId: string | null) => ParagraphTraits
  /** The list that a numbering style refers to. */
  readonly listOf: (styleId: string) => string | null
  /** Whether text in this character style is hidden. */
  readonly isHidden: (styleId: string) => boolean
  /** Whether text in this style is struck through. */
  readonly isStruck: (styleId: string | null) => boolean
  /** Whether text in this character style is a superscript or a subscript. */
  readonly alignOf: (styleId: string) => string | null
}

interface Style {
  readonly id: string
  name: string
  basedOn: string | null
  outline: number | null
  listId: string | null
  listLevel: number | null
  hidden: boolean
  struck: boolean | null
  align: string | null
}

/** Reads the styles of a Word document (ECMA-376, 17.7). */
export function readStyles(xml: string): Styles {
  const styles = new Map<string, Style>()
  let defaultStyle: string | null = null
  let style: Style | null = null
  readXml(xml, {
    open(name, attributes) {
      const { val = '' } = attributes
      if (name === 'style') {
        const id = attributes.styleId ?? ''
        style = {
          id,
          name: '',
          basedOn: null,
          outline: null,
          listId: null,
          listLevel: null,
          hidden: false,
          struck: null,
          align: null,
        }
        styles.set(id, style)
        if (attributes.type === 'paragraph' && isOn(attributes.default ?? '0')) defaultStyle = id
      } else if (style === null) return
      else if (name === 'name') style.name = val.toLowerCase()
      else if (name === 'basedOn') style.basedOn = val
      else if (name === 'outlineLvl') style.outline = outlineOf(val)
      else if (name === 'numId') style.listId = val
      else if (name === 'ilvl') style.listLevel = Number(val) || 0
      else if (name === 'vertAlign') style.align = val
      else if (isStrike(name)) style.struck = style.struck === true || isOn(attributes.val ?? '1')
      else if (name === 'vanish') style.hidden = isOn(attributes.val ?? '1')
    },
    close(name) {
      if (name === 'style') style = null
    },
    text: () => undefined,
  })

  function chain(id: string | null): readonly Style[] {
    const found: Style[] = []
    let next = id === null ? undefined : styles.get(id)
    while (next !== undefined && !found.includes(next)) {
      found.push(next)
      next = next.basedOn === null ? undefined : styles.get(next.basedOn)
    }
    return found
  }

  return {
    paragraph(styleId) {
      const own = chain(styleId ?? defaultStyle)
      const outlines = own.map(({ name, outline }) => headingOf(name) ?? outline)
      return {
        outline: outlines.find((outline) => outline !== null) ?? null,
        listId: own.find(({ listId }) => listId !== null)?.listId ?? null,
        listLevel: own.find(({ listLevel }) => listLevel !== null)?.listLevel ?? null,
        isQuote: own.some(({ name }) => name === 'quote' || name === 'intense quote'),
      }
    },
    listOf: (styleId) => chain(styleId).find(({ listId }) => listId !== null)?.listId ?? null,
    alignOf: (styleId) => chain(styleId).find(({ align }) => align !== null)?.align ?? null,
    isStruck: (styleId) => chain(styleId).find(({ struck }) => struck !== null)?.struck ?? false,
    isHidden: (styleId) => chain(styleId).some(({ hidden }) => hidden),
  }
}

/** Word's own styles have English names in every language. */
function headingOf(name: string): number | null {
  if (name === 'title') return 1
  const match = /^heading ([1-9])$/.exec(name)
  return match === null ? null : Number(match[1])
}

/** @returns 1 to 9, 0 for body text. */
export function outlineOf(val: string): number {
  const level = Number.parseInt(val, 10)
  return level >= 0 && level < 9 ? level + 1 : 0
}

/** The property of text that is struck through, with one line or two. */
export function isStrike(name: string): boolean {
  return name === 'strike' || name === 'dstrike'
}

/** A switch is on if it is named, unless it says otherwise (ECMA-376, 17.17.4). */
export function isOn(val: string): boolean {
  return val !== '0' && val !== 'false' && val !== 'off'
}
