import type { PromptPart } from '../../../shared/domain/conversation.ts'
import type {
  PromptPart as RenderedPart,
  RenderedTemplate,
} from '../../../shared/domain/template/renderTemplate.ts'
import { assertNever } from '../../../shared/errors.ts'

/**
 * The part that a piece of a template's prompt counts as in the token budget; null for separators.
 *
 * @param turns ids of the examples that are earlier turns.
 */
export function partName(
  part: RenderedPart,
  turns: ReadonlySet<string>,
): PromptPart['part'] | null {
  switch (part.kind) {
    case 'instruction':
    case 'format':
      return 'system'
    case 'example':
      return turns.has(part.id) ? 'history' : 'examples'
    case 'source':
      return 'sources'
    case 'input':
      return 'question'
    case 'frame':
      return null
    default:
      return assertNever(part)
  }
}

/**
 * The ranges of the parts of a template's prompt in its rendered text, in order. Adjacent ranges of
 * one kind are merged.
 *
 * @returns an empty list if the chat format has altered the searched text.
 */
export function locateTemplateParts(
  text: string,
  prompt: Pick<RenderedTemplate, 'parts'>,
  turns: ReadonlySet<string>,
): readonly PromptPart[] {
  const found: PromptPart[] = []
  let from = 0
  for (const rendered of prompt.parts) {
    const words = rendered.text.trim()
    if (words === '') continue
    const start = text.indexOf(words, from)
    if (start < 0) return []
    from = start + words.length
    const part = partName(rendered, turns)
    if (part === null) continue
    const before = found.at(-1)
    if (before?.part === part) found[found.length - 1] = { ...before, end: from }
    else found.push({ part, start, end: from })
  }
  return found
}
