import { Tokenizer } from 'htmlparser2'

export type XmlAttributes = Readonly<Record<string, string | undefined>>

export interface XmlListener {
  /** Names come without their prefix: `w:p` is `p`. */
  open(name: string, attributes: XmlAttributes): void
  close(name: string): void
  text(text: string): void
}

/** No element that is read has more; the rest of a longer list, or of a longer value, is left out. */
const mostAttributes = 1_000
const longestValue = 20_000

/**
 * Reports an XML document element by element, without a tree, so that neither deep nesting nor size
 * can make it slow. Element names lose their prefix, since every program picks its own; attributes
 * lose theirs except `r:id`, which differs from `id`. Only HTML's entities are resolved, and
 * nothing is fetched. A damaged document is reported as far as it can be parsed: the end of an
 * element may be missing.
 */
export function readXml(xml: string, listener: XmlListener): void {
  let name = ''
  let attributes: Record<string, string> = {}
  let attribute = ''
  let value = ''
  let count = 0
  const opened = (): void => {
    listener.open(name, attributes)
    attributes = {}
    count = 0
  }
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: true },
    {
      onopentagname(start, end) {
        name = local(xml.slice(start, end))
      },
      onattribname(start, end) {
        const full = xml.slice(start, end)
        attribute = full.startsWith('r:') ? full : local(full)
        value = ''
      },
      onattribdata(start, end) {
        if (value.length < longestValue) value += xml.slice(start, end)
      },
      onattribentity(codepoint) {
        if (value.length < longestValue) value += String.fromCodePoint(codepoint)
      },
      onattribend() {
        count += 1
        if (count <= mostAttributes) attributes[attribute] = value
      },
      onopentagend: opened,
      onselfclosingtag() {
        opened()
        listener.close(name)
      },
      onclosetag(start, end) {
        listener.close(local(xml.slice(start, end)))
      },
      ontext(start, end) {
        listener.text(xml.slice(start, end))
      },
      ontextentity(codepoint) {
        listener.text(String.fromCodePoint(codepoint))
      },
      oncdata(start, end, endOffset) {
        listener.text(xml.slice(start, end - endOffset))
      },
      oncomment: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  )
  tokenizer.write(xml)
  tokenizer.end()
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1).trim()
}
