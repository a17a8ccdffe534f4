import { parseAnswer, type AnswerTree } from '../../shared/markdown/parseAnswer.ts'
import { sourceOf } from '../../shared/markdown/sourceOf.ts'
import { sourceOffsets } from '../../shared/markdown/sourceOffsets.ts'

type Block = AnswerTree['children'][number]
type List = Extract<Block, { type: 'list' }>
type Table = Extract<Block, { type: 'table' }>

/**
 * Signs that a renderer of Markdown may read as marks. `[1]` stays, since it is only a mark before
 * an address or a colon; others are marks at the beginning of a line alone. Addresses are kept from
 * becoming links, in which a backslash would be a letter.
 */
const marks = new RegExp(
  [
    /[\\`*_~<|$]|\[(?!\d{1,2}\](?![([:]))|&(?=#?\w+;)|(?<!\S)#/u,
    /^[ \t]*(?:[-+>=]|:(?=-))|(?<=^[ \t]*\d{1,9})[.)]/u,
    /(?<=https?|ftp|mailto|xmpp):|(?<=www)\.|(?<=\S)@/iu,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gimu',
)

/** Text of one line, as Markdown that shows it letter by letter. */
export function lineAsMarkdown(text: string): string {
  return escaped(text.replace(/\s+/gu, ' ').trim())
}

/** Text as Markdown that shows it letter by letter, with its lines. */
export function textAsMarkdown(text: string): string {
  const blocks = text.trim().split(/\n\s*\n/u)
  return blocks.map((block) => block.split('\n').map(lineAsMarkdown).join('\\\n')).join('\n\n')
}

/**
 * A written answer as Markdown for other programs: what the window shows as letters is escaped, what
 * it shows as form stays a mark. An answer of a form that others read differently is text.
 */
export function answerAsMarkdown(text: string): string {
  const tree = parseAnswer(text)
  if (!isReadAlike(tree, text)) return textAsMarkdown(text)
  const edits = new Map<number, string>()
  escapeNode(tree, text, edits)
  const units = Array.from({ length: text.length }, (_, at) => edits.get(at) ?? text.charAt(at))
  return units.join('')
}

function escaped(text: string): string {
  return text.replace(marks, escapeLast)
}

function escapeLast(match: string): string {
  return `${match.slice(0, -1)}\\${match.slice(-1)}`
}

interface Node {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Node[]
  readonly position?: Block['position']
}

function isReadAlike(node: Node, text: string): boolean {
  const source = sourceOf(node, text)
  const children = node.children ?? []
  switch (node.type) {
    case 'code':
      // Others may take indented code for the next line of a paragraph.
      if (!/^[`~]/u.test(source)) return false
      break
    case 'inlineCode':
      if (source.includes('\n')) return false
      break
    case 'paragraph':
      // The signs of blocks without content.
      if (/^(?:[#>]|```|~~~)/u.test(source)) return false
      break
    case 'listItem':
      if (children.length === 0) return false
      break
    case 'table':
      // Others drop the cells for which the heading has no column.
      if ((children[0]?.children?.length ?? 0) < ((node as Table).align?.length ?? 0)) return false
      break
    case 'list':
      if (!isCounted(node as List, text) && children.some((item) => item.children?.length !== 1)) {
        return false
      }
  }
  return children.every((child) => isReadAlike(child, text))
}

function escapeNode(node: Node, text: string, edits: Map<number, string>): void {
  if (node.type === 'list') keepNumbers(node as List, text, edits)
  if (node.type === 'text') escapeText(node, text, edits)
  for (const child of node.children ?? []) escapeNode(child, text, edits)
}

function escapeText(node: Node, text: string, edits: Map<number, string>): void {
  const { value = '', position } = node
  const offsets = sourceOffsets(value, text, position?.start.offset ?? 0)
  for (const match of value.matchAll(marks)) {
    const at = offsets[match.index + match[0].length - 1]
    if (at !== undefined) edits.set(at, `\\${text.charAt(at)}`)
  }
}

/** Other programs number on from the first item, so a list that counts otherwise is text for them. */
function keepNumbers(list: List, text: string, edits: Map<number, string>): void {
  if (isCounted(list, text)) return
  for (const item of list.children) {
    const at = (item.position?.start.offset ?? 0) + numberOf(item, text).length
    edits.set(at, `\\${text.charAt(at)}`)
  }
}

function isCounted({ ordered, start, children }: List, text: string): boolean {
  if (ordered !== true) return true
  return children.every((item, index) => numberOf(item, text) === String((start ?? 1) + index))
}

function numberOf(item: Node, text: string): string {
  return /^\d+/u.exec(sourceOf(item, text))?.[0] ?? ''
}
