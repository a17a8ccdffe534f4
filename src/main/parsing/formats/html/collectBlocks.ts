import { createBlockWriter, longestDatum, type TextBlock } from './blockWriter.ts'
import { readTags } from './readTags.ts'
import {
  blockTags,
  cellTags,
  headingLevel,
  isHidden,
  skippedTags,
  voidTags,
  type Attributes,
} from './tags.ts'

export interface HtmlText {
  /** What the document calls itself; blank if it does not. */
  readonly title: string
  readonly blocks: readonly TextBlock[]
}

interface List {
  readonly ordered: boolean
  next: number
}

/**
 * Reads the text of HTML in one pass, without a tree: neither deep nesting nor size can make it
 * slow. Scripts, styles, navigation and what is hidden are left out; nothing is fetched.
 */
export function collectBlocks(html: string, { xml = false } = {}): HtmlText {
  const writer = createBlockWriter()
  const lists: List[] = []
  let heading = 0
  let marker = ''
  let quotes = 0
  let pre = 0
  let title = ''
  let inTitle = false
  /** The element whose content is left out, and how often it is open within itself. */
  let skipped = ''
  let skipDepth = 0

  function flush(): void {
    if (pre > 0) writer.end('code')
    else if (heading > 0) writer.end('heading', { level: heading })
    else if (marker !== '' || lists.length > 0) {
      if (writer.end('list-item', { marker })) marker = ''
    } else writer.end(quotes > 0 ? 'quote' : 'paragraph')
  }

  function leaveTable(): void {
    if (!writer.inCell) return
    writer.dissolveRows()
    flush()
  }

  function open(name: string, attributes: Attributes): void {
    if (skipped !== '') {
      if (name === skipped) skipDepth += 1
      return
    }
    if (skippedTags.has(name) || (isHidden(attributes) && !voidTags.has(name))) {
      skipped = name
      skipDepth = 1
      return
    }
    const level = headingLevel(name)
    if (name === 'title') inTitle = true
    else if (name === 'br') writer.write('\n')
    else if (name === 'tr') {
      if (!writer.inCell) flush()
      writer.openRow()
    } else if (cellTags.has(name)) {
      if (writer.pending > 0) writer.closeCell()
    } else if (name === 'table') {
      leaveTable()
      flush()
      writer.openTable()
    } else if (level > 0) {
      leaveTable()
      flush()
      heading = level
    } else if (blockTags.has(name)) openBlock(name)
  }

  function openBlock(name: string): void {
    if (writer.inCell && writer.pending > longestDatum) leaveTable()
    if (writer.inCell) writer.write('\n')
    else flush()
    heading = 0
    if (name === 'pre') pre += 1
    else if (name === 'blockquote') quotes += 1
    else if (name === 'ul' || name === 'ol') lists.push({ ordered: name === 'ol', next: 1 })
    else if (name === 'li') openItem()
  }

  function openItem(): void {
    const list = lists.at(-1)
    let mark = '- '
    if (list?.ordered === true) {
      mark = `${list.next}. `
      list.next += 1
    }
    if (writer.inCell) writer.write(mark)
    else marker = mark
  }

  function close(name: string): void {
    if (skipped !== '') {
      if (name === skipped) skipDepth -= 1
      if (skipDepth === 0) skipped = ''
    } else if (name === 'title') inTitle = false
    else if (name === 'tr') writer.closeRow()
    else if (cellTags.has(name)) writer.closeCell()
    else if (name === 'table') {
      if (!writer.inCell) flush()
      writer.closeTable()
    } else if (headingLevel(name) > 0) {
      flush()
      heading = 0
    } else if (blockTags.has(name)) closeBlock(name)
  }

  function closeBlock(name: string): void {
    if (writer.inCell) writer.write('\n')
    else flush()
    if (name === 'pre') pre = Math.max(0, pre - 1)
    else if (name === 'blockquote') quotes = Math.max(0, quotes - 1)
    else if (name === 'ul' || name === 'ol') lists.pop()
    else if (name === 'li') marker = ''
  }

  function text(content: string): void {
    if (skipped !== '') return
    if (inTitle) title += content
    else writer.write(pre > 0 ? content : content.replace(/\s+/g, ' '))
  }

  readTags(html, { open, close, text }, xml)
  writer.dissolveRows()
  flush()
  return { title: title.replace(/\s+/g, ' ').trim(), blocks: writer.blocks }
}
