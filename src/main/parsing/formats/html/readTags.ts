import { Tokenizer } from 'htmlparser2'
import type { Attributes } from './tags.ts'

export interface TagListener {
  open(name: string, attributes: Attributes): void
  close(name: string): void
  text(text: string): void
}

const listAttributes = ['start', 'value', 'type', 'reversed']
/** Attributes whose values are looked at; the others may be megabytes of pictures. */
const known = new Set([
  'hidden',
  'aria-hidden',
  'role',
  'checked',
  'alt',
  'width',
  'height',
  'style',
  'colspan',
  'rowspan',
  ...listAttributes,
  'epub:type',
])

/**
 * Reports an HTML document tag by tag. htmlparser2's own parser keeps a stack of open elements
 * whose every push moves the whole stack: 100,000 nested elements take it a minute. Its tokenizer
 * has no stack, and text needs none.
 *
 * @param xml whether the document is XHTML, as in e-books: an element may close itself. Its text is
 * read as that of HTML, whose named entities it uses as well.
 */
export function readTags(source: string, listener: TagListener, xml = false): void {
  const html = xml ? closeEmptyElements(source) : source
  let name = ''
  let attributes: Record<string, string> = {}
  let attribute = ''
  let value = ''
  const at = (start: number, end: number): string => html.slice(start, end)
  const opened = (): void => {
    listener.open(name, attributes)
    attributes = {}
  }
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      onopentagname(start, end) {
        name = at(start, end).toLowerCase()
      },
      onattribname(start, end) {
        attribute = at(start, end).toLowerCase()
        value = ''
      },
      onattribdata(start, end) {
        if (known.has(attribute)) value += at(start, end)
      },
      onattribentity(codepoint) {
        if (known.has(attribute)) value += String.fromCodePoint(codepoint)
      },
      onattribend() {
        if (known.has(attribute)) attributes[attribute] = value
      },
      onopentagend: opened,
      onselfclosingtag() {
        opened()
        // In HTML such a tag only opens; in XML it is the whole element.
        if (xml) listener.close(name)
      },
      onclosetag(start, end) {
        listener.close(at(start, end).toLowerCase())
      },
      ontext(start, end) {
        listener.text(at(start, end))
      },
      ontextentity(codepoint) {
        listener.text(String.fromCodePoint(codepoint))
      },
      oncdata(start, end, endOffset) {
        listener.text(at(start, end - endOffset))
      },
      oncomment: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
}

/** `<title/>` is empty in XHTML; in HTML it would swallow all that follows. */
function closeEmptyElements(source: string): string {
  return source.replace(
    /<(title|script|style|textarea|iframe|noembed|noframes|xmp)\b([^<>]*)\/>/giu,
    '<$1$2></$1>',
  )
}
