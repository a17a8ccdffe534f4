import type { Answer } from './conversation.ts'

/**
 * Whether an answer's text is Markdown: only what a model wrote in its own way is. Quotations,
 * replies to a template and Penknife's own sentences are text, letter by letter.
 */
export function isMarkdown({
  kind,
  model,
  template,
}: Pick<Answer, 'kind' | 'model' | 'template'>): boolean {
  return (kind === 'written' || kind === 'ungrounded') && model !== null && template === null
}
