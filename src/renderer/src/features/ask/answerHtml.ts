import type { ExtraProps } from 'react-markdown'

export type HtmlElement = NonNullable<ExtraProps['node']>
export type HtmlContent = HtmlElement['children'][number]
export type HtmlText = Extract<HtmlContent, { type: 'text' }>
export interface HtmlParent {
  children: HtmlContent[]
}

/**
 * Text as HTML: a paragraph for each line. Nothing in it is a mark of Markdown.
 *
 * @returns a tree whose positions are offsets in `text`.
 */
export function textAsHtml(text: string): { type: 'root'; children: HtmlElement[] } {
  let offset = 0
  const children = text.split('\n').map((value): HtmlElement => {
    const point = { line: 1, column: 1, offset }
    offset += value.length + 1
    return {
      type: 'element',
      tagName: 'p',
      properties: { className: ['pk-answer-line'] },
      children:
        value === '' ? [] : [{ type: 'text', value, position: { start: point, end: point } }],
    }
  })
  return { type: 'root', children }
}
