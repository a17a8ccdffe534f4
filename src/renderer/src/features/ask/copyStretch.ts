import type { ClipboardEvent } from 'react'

/** Of an element whose words are for screen readers alone. */
export const spokenClass = 'pk-spoken'

/** Elements that begin on a line of their own. */
const lines = new Set([
  'P',
  'LI',
  'TR',
  'PRE',
  'BLOCKQUOTE',
  'HR',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
])
const cells = new Set(['TD', 'TH'])

/**
 * Copies a selection inside an answer as the letters that it shows. By itself a browser would add
 * words for screen readers, and leave out numbers of lists and languages of code, which are drawn by
 * the style sheet.
 */
export function copyStretch(event: ClipboardEvent<HTMLElement>): void {
  const selection = document.getSelection()
  if (selection === null || selection.isCollapsed) return
  const range = selection.getRangeAt(0)
  if (!event.currentTarget.contains(range.commonAncestorContainer)) return
  const stretch = document.createElement('div')
  stretch.append(range.cloneContents())
  for (const spoken of stretch.querySelectorAll(`.${spokenClass}`)) spoken.remove()
  for (const mark of stretch.querySelectorAll('button')) mark.replaceWith(mark.textContent)
  event.clipboardData.setData('text/html', stretch.innerHTML)
  event.clipboardData.setData('text/plain', lettersOf(stretch).trim())
  event.preventDefault()
}

function lettersOf(element: Element): string {
  let text = ''
  for (const node of element.childNodes) {
    if (node instanceof Text) text += node.data
    else if (node instanceof HTMLElement)
      text += before(node, text) + drawnMark(node) + lettersOf(node)
  }
  return text
}

/** What parts an element from the one before it. */
function before(element: HTMLElement, text: string): string {
  if (element.tagName === 'BR') return '\n'
  if (cells.has(element.tagName)) return element.previousElementSibling === null ? '' : '\t'
  return lines.has(element.tagName) && !/(?:^|\n)\s*$/u.test(text) ? '\n' : ''
}

/** The signs that the style sheet draws before an element. */
function drawnMark({ tagName, dataset }: HTMLElement): string {
  if (tagName === 'LI') return `${dataset.mark ?? '-'} `
  return dataset.info === undefined ? '' : `${dataset.info}\n`
}
