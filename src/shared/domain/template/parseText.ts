/**
 * A piece of a text of a template. The language is small: `<NAME>` is a placeholder, what is between
 * `<IF NAME>` and `</IF>` is a section that disappears where NAME has no text, and a backslash before
 * either keeps it as it is written.
 */
export type TextNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly name: string }
  | { readonly kind: 'section'; readonly name: string; readonly nodes: readonly TextNode[] }

export interface ParsedText {
  readonly nodes: readonly TextNode[]
  /** Tags of sections that have no partner; they are text. */
  readonly unmatched: readonly string[]
}

/** Backslashes, and what they keep: of each two, one is a backslash. */
const tagPattern = /(\\*)<(?:(?<name>[A-Z][A-Z0-9_]*)|IF (?<opened>[A-Z][A-Z0-9_]*)|\/IF)>/gu

/** Divides a text into its pieces. */
export function parseText(text: string): ParsedText {
  const builder = createBuilder()
  for (const token of tokensOf(text)) {
    switch (token.kind) {
      case 'text':
      case 'placeholder':
        builder.add(token)
        break
      case 'open':
        builder.open(token)
        break
      case 'close':
        builder.close(token)
    }
  }
  return builder.end()
}

/**
 * The same text where each backslash before a tag is a character, and tags of sections are text, as in
 * templates of the first format.
 */
export function keptAsWritten(text: string): string {
  return text.replaceAll(tagPattern, (whole, slashes: string, name: string | undefined) => {
    const tag = whole.slice(slashes.length)
    return `${slashes}${slashes}${name === undefined ? '\\' : ''}${tag}`
  })
}

/** A text of which nothing is a tag: it is written as it is. */
export function literalTags(text: string): string {
  return text.replaceAll(tagPattern, (whole, slashes: string) => `${slashes}\\${whole}`)
}

/** A tag of a section. */
interface SectionTag {
  readonly tag: string
  /** The tag, with its line where it is alone on it. */
  readonly taken: string
  readonly alone: boolean
  /** Whether nothing follows it. */
  readonly endsText: boolean
}

type Token =
  | Exclude<TextNode, { kind: 'section' }>
  | (SectionTag & { readonly kind: 'open'; readonly name: string })
  | (SectionTag & { readonly kind: 'close' })

/** A tag of a section that is alone on its line takes the line with it, so that none is left empty. */
function* tokensOf(text: string): Generator<Token> {
  let at = 0
  for (const match of text.matchAll(tagPattern)) {
    const [whole, slashes = ''] = match
    const { name, opened } = match.groups ?? {}
    const tag = whole.slice(slashes.length)
    const isKept = slashes.length % 2 === 1
    const line = isKept || name !== undefined ? null : ownLine(text, match.index, whole.length)
    const end = line?.end ?? match.index + whole.length
    const before = text.slice(at, line?.start ?? match.index)
    yield { kind: 'text', text: before + '\\'.repeat(slashes.length / 2) }
    at = end
    if (isKept) yield { kind: 'text', text: tag }
    else if (name !== undefined) yield { kind: 'placeholder', name }
    else {
      const taken = line === null ? tag : text.slice(line.start, end)
      const section = { tag, taken, alone: line !== null, endsText: end === text.length }
      yield opened === undefined
        ? { kind: 'close', ...section }
        : { kind: 'open', name: opened, ...section }
    }
  }
  yield { kind: 'text', text: text.slice(at) }
}

/** The line of a tag, with its end; null where anything else is on it. */
function ownLine(
  text: string,
  from: number,
  length: number,
): { readonly start: number; readonly end: number } | null {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const after = text.indexOf('\n', from + length)
  const end = after === -1 ? text.length : after
  const rest = text.slice(start, from) + text.slice(from + length, end)
  return rest.trim() === '' ? { start, end: after === -1 ? end : end + 1 } : null
}

interface OpenSection extends SectionTag {
  readonly name: string
  readonly nodes: TextNode[]
}

/** Puts tokens into the sections that they are in. */
function createBuilder() {
  const root: TextNode[] = []
  const opened: OpenSection[] = []
  const unmatched: string[] = []
  const current = (): TextNode[] => opened.at(-1)?.nodes ?? root

  function add(node: TextNode): void {
    if (node.kind !== 'text' || node.text !== '') current().push(node)
  }

  return {
    add,
    open: (section: SectionTag & { readonly name: string }): void =>
      void opened.push({ ...section, nodes: [] }),
    close(tag: SectionTag): void {
      const section = opened.pop()
      if (section === undefined) {
        unmatched.push(tag.tag)
        add({ kind: 'text', text: tag.taken })
        return
      }
      const endsText = tag.alone && section.alone && tag.endsText
      const nodes = endsText ? withBreakBefore(section.nodes, current()) : section.nodes
      add({ kind: 'section', name: section.name, nodes })
    },
    end(): ParsedText {
      for (let left = opened.pop(); left !== undefined; left = opened.pop()) {
        unmatched.push(left.tag)
        for (const node of [{ kind: 'text' as const, text: left.taken }, ...left.nodes]) add(node)
      }
      return { nodes: root, unmatched }
    },
  }
}

/**
 * The pieces of a section that ends the text. It has no line break behind it that could disappear
 * with it, so the one before it becomes its own.
 */
function withBreakBefore(nodes: readonly TextNode[], before: TextNode[]): readonly TextNode[] {
  const [last, previous] = [nodes.at(-1), before.at(-1)]
  if (last?.kind !== 'text' || previous?.kind !== 'text') return nodes
  if (!last.text.endsWith('\n') || !previous.text.endsWith('\n')) return nodes
  before.splice(-1, 1, { kind: 'text', text: previous.text.slice(0, -1) })
  return [
    { kind: 'text', text: '\n' },
    ...nodes.slice(0, -1),
    { kind: 'text', text: last.text.slice(0, -1) },
  ]
}
