import type { fromMarkdown } from 'mdast-util-from-markdown'
import { sourceOf } from './sourceOf.ts'

export type AnswerTree = ReturnType<typeof fromMarkdown>

type Block = AnswerTree['children'][number]
type Kind<Type extends Block['type']> = Extract<Block, { type: Type }>

/**
 * Keeps what the usual rendering of a block would drop: numbers and meaningful signs of list items,
 * the language of code, surplus cells of a table, closing hashes of a heading, and the signs of
 * blocks without content. A `>` before a number is a comparison, not a quotation.
 *
 * @param text the parsed text.
 */
export function showLostMarks(block: Block, text: string): Block {
  if (block.type === 'code') return code(block, text)
  if (block.type === 'heading') return heading(block, text)
  if (block.type === 'blockquote') return quotation(block, text)
  if (block.type === 'list') return list(block, text)
  if (block.type === 'table') return table(block)
  const isShownWhole = block.type === 'paragraph' || block.type === 'thematicBreak'
  return isShownWhole ? block : asText(block, text)
}

function code(block: Kind<'code'>, text: string): Block {
  if (block.value === '') return asText(block, text)
  const info = [block.lang, block.meta].filter((part) => part != null).join(' ')
  return info === '' ? block : { ...block, data: { hProperties: { dataInfo: info } } }
}

function heading(block: Kind<'heading'>, text: string): Block {
  const last = block.children.at(-1)
  if (last === undefined) return asText(block, text)
  const from = last.position?.end
  const to = block.position?.end
  if (from?.offset === undefined || to?.offset === undefined) return block
  const closing = text.slice(from.offset, to.offset)
  if (closing.trim() === '') return block
  const rest = { type: 'text' as const, value: closing, position: { start: from, end: to } }
  return { ...block, children: [...block.children, rest] }
}

function quotation(block: Kind<'blockquote'>, text: string): Block {
  if (block.children.length === 0 || /^\s*>\s?[=\d]/mu.test(sourceOf(block, text))) {
    return asText(block, text)
  }
  const children = block.children.map((child) => showLostMarks(child, text))
  return { ...block, children: children as typeof block.children }
}

function list(block: Kind<'list'>, text: string): Block {
  const children = block.children.map((item) => {
    const [mark = ''] = /^(?:[-*+]|\d{1,9}[.)])/u.exec(sourceOf(item, text)) ?? []
    const said = sourceOf(item, text).slice(mark.length).trimStart()
    const isBullet = mark === '*' || (mark === '-' && !/^\d/u.test(said))
    const isShown = said === '' || !isBullet
    return {
      ...item,
      children: item.children.map((child) => showLostMarks(child, text)) as typeof item.children,
      ...(isShown && { data: { hProperties: { dataMark: mark } } }),
    }
  })
  return { ...block, children }
}

/** A row may have more cells than the heading; they are shown only as aligned columns. */
function table(block: Kind<'table'>): Block {
  const columns = Math.max(...block.children.map((row) => row.children.length))
  const align = Array.from({ length: columns }, (_, column) => block.align?.[column] ?? null)
  return { ...block, align }
}

/** The block as a paragraph of its source. */
function asText(block: Block, text: string): Block {
  const { position } = block
  const value = sourceOf(block, text)
  return {
    type: 'paragraph',
    children: [{ type: 'text', value, ...(position && { position }) }],
    ...(position && { position }),
  }
}
