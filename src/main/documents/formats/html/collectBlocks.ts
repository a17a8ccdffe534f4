import { Parser } from 'htmlparser2'
import type { Block } from '../../../../shared/domain/page.ts'
import {
  blockTags,
  cellTags,
  headingLevel,
  isHidden,
  skippedTags,
  type Attributes,
} from './tags.ts'

export interface TextBlock {
  readonly kind: Block['kind']
  readonly text: string
  readonly level?: number
}

export interface HtmlText {
  /** What the document calls itself; blank if it does not. */
  readonly title: string
  readonly blocks: readonly TextBlock[]
}

/** A table row under way. In flow, its cells lay out a page rather than hold data. */
interface Row {
  readonly cells: string[]
  flow: boolean
}

interface List {
  readonly ordered: boolean
  next: number
}

/** A cell with more text than this is no datum; its paragraphs are read as such. */
const longestDatum = 400

/**
 * Reads the text of HTML in one pass, without a tree: neither deep nesting nor size can make it
 * slow. Scripts, styles, navigation and what is hidden are left out; nothing is fetched.
 */
export function collectBlocks(html: string): HtmlText {
  const blocks: TextBlock[] = []
  const rows: Row[] = []
  const lists: List[] = []
  let buffer: string[] = []
  let bufferLength = 0
  let heading = 0
  let marker = ''
  let quotes = 0
  let pre = 0
  let depth = 0
  let skipFrom = Infinity
  let inTitle = false
  let title = ''

  const write = (text: string): void => {
    buffer.push(text)
    bufferLength += text.length
  }
  const take = (): string => {
    const text = buffer.join('')
    buffer = []
    bufferLength = 0
    return pre > 0 ? text : tidy(text)
  }
  const inCell = (): boolean => rows.at(-1)?.flow === false

  function flush(): void {
    const text = take()
    if (text.trim() === '') return
    if (pre > 0) blocks.push({ kind: 'code', text })
    else if (heading > 0) {
      blocks.push({ kind: 'heading', text: text.replace(/\s+/g, ' '), level: heading })
    } else if (marker !== '') blocks.push({ kind: 'list-item', text: marker + text })
    else if (lists.length > 0) blocks.push({ kind: 'list-item', text })
    else blocks.push({ kind: quotes > 0 ? 'quote' : 'paragraph', text })
    marker = ''
  }

  /** Gives up on the rows under way as tables of data: what they hold is read as paragraphs. */
  function flowAll(): void {
    for (const row of rows) {
      for (const text of row.cells.splice(0)) blocks.push({ kind: 'paragraph', text })
      row.flow = true
    }
    flush()
  }

  function endCell(): void {
    const row = rows.at(-1)
    if (row === undefined) return
    if (row.flow) flush()
    else row.cells.push(take().replace(/\s+/g, ' ').trim())
  }

  function endRow(): void {
    if (bufferLength > 0) endCell()
    const row = rows.pop()
    const cells = row?.cells ?? []
    if (cells.some((cell) => cell !== '')) {
      blocks.push({ kind: 'table-row', text: cells.join(' | ') })
    }
  }

  function open(name: string, attributes: Attributes): void {
    depth += 1
    if (depth > skipFrom) return
    if (skippedTags.has(name) || isHidden(attributes)) {
      skipFrom = depth
      return
    }
    const level = headingLevel(name)
    if (name === 'title') inTitle = true
    else if (name === 'br') write('\n')
    else if (name === 'tr') {
      if (inCell()) flowAll()
      else flush()
      rows.push({ cells: [], flow: false })
    } else if (cellTags.has(name)) {
      if (bufferLength > 0) endCell()
    } else if (level > 0) {
      flowAll()
      heading = level
    } else if (name === 'table') {
      if (inCell()) flowAll()
      else flush()
    } else if (blockTags.has(name)) openBlock(name)
  }

  function openBlock(name: string): void {
    if (inCell() && bufferLength <= longestDatum) write('\n')
    else if (inCell()) flowAll()
    else flush()
    if (name === 'pre') pre += 1
    else if (name === 'blockquote') quotes += 1
    else if (name === 'ul' || name === 'ol') lists.push({ ordered: name === 'ol', next: 1 })
    else if (name === 'li') {
      const list = lists.at(-1)
      const mark = list?.ordered === true ? `${list.next++}. ` : '- '
      if (inCell()) write(mark)
      else marker = mark
    }
  }

  function close(name: string): void {
    const skipped = depth >= skipFrom
    if (depth === skipFrom) skipFrom = Infinity
    depth -= 1
    if (skipped) return
    if (name === 'title') inTitle = false
    else if (name === 'tr') endRow()
    else if (cellTags.has(name)) endCell()
    else if (headingLevel(name) > 0) {
      flush()
      heading = 0
    } else if (blockTags.has(name)) {
      if (inCell()) write('\n')
      else flush()
      if (name === 'pre' && pre > 0) pre -= 1
      if (name === 'blockquote' && quotes > 0) quotes -= 1
      if (name === 'ul' || name === 'ol') lists.pop()
      if (name === 'li') marker = ''
    }
  }

  const parser = new Parser(
    {
      onopentag: open,
      onclosetag: close,
      ontext(text) {
        if (depth >= skipFrom) return
        if (inTitle) title += text
        else write(pre > 0 ? text : text.replace(/\s+/g, ' '))
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(html)
  while (rows.length > 0) endRow()
  flush()
  return { title: title.replace(/\s+/g, ' ').trim(), blocks }
}

/** One blank between words, none at the ends of a line. */
function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim()
}
