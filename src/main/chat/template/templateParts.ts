import type { PromptPart } from '../../../shared/domain/conversation.ts'
import type {
  PromptPart as RenderedPart,
  RenderedTemplate,
} from '../../../shared/domain/template/renderTemplate.ts'
import { assertNever } from '../../../shared/errors.ts'

/**
 * What a piece of a template's prompt is in the budget of an answer; null for what holds the others
 * together.
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
 * Where the parts of a template's prompt stand in the prompt as the model reads it, in order.
 * Neighbours of one kind are one range.
 *
 * @returns nothing if the model's format has changed what was to be found.
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
