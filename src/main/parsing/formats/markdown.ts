import type { fromMarkdown } from 'mdast-util-from-markdown'
import { countLeftOut, type LeftOutKind } from '../../../shared/domain/leftOut.ts'
import { oneLine } from '../../../shared/domain/oneLine.ts'
import type { Block } from '../../../shared/domain/page.ts'
import { decodeText } from '../../files/decodeText.ts'
import { layWrittenTable, plainCell } from '../grid/writtenTable.ts'
import { singlePage, type ParseContext, type ParsedPages } from './format.ts'
import { createStruckText, type StruckText } from './struckText.ts'
import type { TextBlock } from './textBlock.ts'
import { cleanText, createPageBuilder, type PageBuilder } from './pageBuilder.ts'
import { isTooStructured } from './plainMarkdown.ts'
import { shiftedText, type Shift } from './raisedText.ts'
import { plainPage } from './text.ts'

type Root = ReturnType<typeof fromMarkdown>
type RootContent = Root['children'][number]
type List = Extract<RootContent, { type: 'list' }>
type Table = Extract<RootContent, { type: 'table' }>

/**
 * Markdown (CommonMark and GitHub's tables, lists and footnotes). What is stored is what a reader
 * sees: links keep their words, code its lines; marks of emphasis go.
 */
export async function parseMarkdown(
  bytes: Uint8Array,
  { limits }: ParseContext,
): Promise<ParsedPages> {
  const [{ fromMarkdown }, { gfm }, { gfmFromMarkdown }, { collectBlocks, outdatedText }, source] =
    await Promise.all([
      import('mdast-util-from-markdown'),
      import('micromark-extension-gfm'),
      import('mdast-util-gfm'),
      import('./html/collectBlocks.ts'),
      decodeText(bytes, limits),
    ])
  if (isTooStructured(source)) return plainPage(cleanText(source))
  const builder = createPageBuilder()
  const { matter, body } = splitFrontMatter(source)
  for (const line of matter) builder.add('paragraph', line)
  const tree = fromMarkdown(body, {
    // One tilde is a sign for “about” or “to”: 10~20.
    extensions: [gfm({ singleTilde: false })],
    mdastExtensions: [gfmFromMarkdown()],
  })
  const leftOut: LeftOutKind[] = []
  const readHtml = (html: string): readonly TextBlock[] => {
    const read = collectBlocks(html)
    leftOut.push(...outdatedText(read))
    return read.blocks
  }
  const struck = createStruckText(() => leftOut.push('struck-text'))
  addAll(builder, tree.children, { kind: 'paragraph', readHtml, struck })
  return singlePage(builder.build(1), countLeftOut(leftOut))
}

/** What a paragraph becomes in its context. */
interface Setting {
  readonly kind: Block['kind']
  readonly readHtml: (html: string) => readonly TextBlock[]
  readonly struck: StruckText
}

/** Front matter is text that its author wrote (title, date, tags); only its fences go. */
function splitFrontMatter(source: string): { matter: readonly string[]; body: string } {
  const match = /^---[^\S\n]*\n([\s\S]*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|$)/.exec(source)
  const lines = match?.[1]?.split('\n') ?? []
  const isMatter = lines.length > 0 && lines.every((line) => /^(\s|#|-|\w[\w .-]*:|$)/.test(line))
  if (match === null || !isMatter) return { matter: [], body: source }
  return { matter: [lines.join('\n')], body: source.slice(match[0].length) }
}

function addAll(builder: PageBuilder, nodes: readonly RootContent[], setting: Setting): void {
  for (const node of nodes) addBlock(builder, node, setting)
}

function addBlock(builder: PageBuilder, node: RootContent, setting: Setting): void {
  switch (node.type) {
    case 'heading':
      builder.add('heading', lineText(node, setting).replace(/\s+/g, ' '), node.depth)
      return
    case 'code':
      builder.add('code', node.value)
      return
    case 'list':
      addList(builder, node, setting)
      return
    case 'blockquote':
      addAll(builder, node.children, { ...setting, kind: 'quote' })
      return
    case 'table':
      addTable(builder, node, setting)
      return
    case 'footnoteDefinition':
      addAll(builder, node.children, setting)
      return
    case 'html':
      builder.addBlocks(setting.readHtml(node.value))
      return
    case 'thematicBreak':
    case 'definition':
    case 'yaml':
      return
    case 'break':
    case 'delete':
    case 'emphasis':
    case 'footnoteReference':
    case 'image':
    case 'imageReference':
    case 'inlineCode':
    case 'link':
    case 'linkReference':
    case 'listItem':
    case 'paragraph':
    case 'strong':
    case 'tableCell':
    case 'tableRow':
    case 'text':
      builder.add(setting.kind, lineText(node, setting))
      return
  }
}

function addList(builder: PageBuilder, list: List, setting: Setting): void {
  list.children.forEach((item, index) => {
    const mark = list.ordered === true ? `${(list.start ?? 1) + index}. ` : '- '
    const box = item.checked === true ? '[x] ' : item.checked === false ? '[ ] ' : ''
    const [head, ...rest] = item.children
    if (item.checked === true) setting.struck.tick()
    if (head?.type === 'paragraph') {
      builder.add('list-item', mark + box + lineText(head, setting))
      addAll(builder, rest, { ...setting, kind: 'list-item' })
    } else addAll(builder, item.children, { ...setting, kind: 'list-item' })
  })
}

function addTable(builder: PageBuilder, table: Table, setting: Setting): void {
  const rows = table.children.map((row, at) =>
    row.children.map((cell) => ({
      ...plainCell,
      text: oneLine(lineText(cell, setting)),
      isHeading: at === 0,
    })),
  )
  for (const laid of layWrittenTable(rows, null).tables) builder.addTable(laid)
}

/** The words of a paragraph, a heading or a cell. */
function lineText(node: RootContent, { struck }: Setting): string {
  const text = inlineText(node, struck)
  struck.endLine()
  return text
}

function inlineText(node: RootContent, struck: StruckText): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? ''
  if (node.type === 'break' || (node.type === 'html' && /^<br\b/i.test(node.value))) return '\n'
  return 'children' in node ? joinInline(node.children, struck) : ''
}

/** `10<sup>6</sup>` is written in HTML: Markdown has no sign for it. */
function joinInline(children: readonly RootContent[], struck: StruckText): string {
  let text = ''
  let shift: Shift | null = null
  for (let at = 0; at < children.length; at += 1) {
    const child = children[at]
    if (child === undefined) continue
    const end = endOfStruck(children, at)
    if (end !== null && struck.leavesOut(text)) {
      // One of the two blanks around it.
      text = text.replace(/ $/u, '')
      at = end
      continue
    }
    const tag = child.type === 'html' ? /^<(\/?)(su[pb])\b/iu.exec(child.value) : null
    if (tag !== null) {
      const opened = tag[2]?.toLowerCase() === 'sup' ? 'raised' : 'lowered'
      shift = tag[1] === '/' ? null : opened
      continue
    }
    const part = inlineText(child, struck)
    if (part.trim() !== '') struck.plain()
    text += shift === null ? part : shiftedText(part, shift, text.slice(-1))
  }
  return text
}

/** The index of the last of the nodes that are struck through from `at` on; null if that is not. */
function endOfStruck(children: readonly RootContent[], at: number): number | null {
  const first = children[at]
  if (first?.type === 'delete') return at
  const name = first?.type === 'html' ? /^<(s|strike|del)\b/iu.exec(first.value)?.[1] : undefined
  if (name === undefined) return null
  const end = `</${name.toLowerCase()}`
  const isEnd = (child: RootContent, index: number): boolean =>
    index > at && child.type === 'html' && child.value.toLowerCase().startsWith(end)
  const found = children.findIndex(isEnd)
  return found < 0 ? null : found
}
