import type { PromptPart } from '../../shared/domain/conversation.ts'
import type { PromptTurn } from '../llm/llm.ts'
import { askedLine, groundedSystem, sectionLabels, type GroundedQuestion } from './prompt.ts'

/**
 * The ranges of the parts of a grounded prompt in its rendered text, in order. Between them are the
 * marks of the model's chat format and the section labels.
 *
 * Only text written by the app is searched for (labels, instruction, earlier turns); the sources
 * are what is between, so that any text in a document is safe.
 *
 * @returns an empty list if the chat format has altered the searched text.
 */
export function locateParts(
  text: string,
  { question, keySentences }: GroundedQuestion,
  history: readonly PromptTurn[],
): readonly PromptPart[] {
  const parts: PromptPart[] = []
  let from = 0
  /** Finds the next occurrence, and continues after it. */
  function next(words: string): number {
    const at = text.indexOf(words, from)
    if (at >= 0) from = at + words.length
    return at
  }

  const system = next(groundedSystem)
  if (system < 0) return []
  parts.push({ part: 'system', start: system, end: from })
  for (const turn of history) {
    const start = next(turn.user)
    if (start < 0 || next(turn.assistant) < 0) return []
    parts.push({ part: 'history', start, end: from })
  }

  const asked = askedLine(question)
  const first = next(asked)
  if (first < 0) return []
  parts.push({ part: 'question', start: first, end: from })
  const last = text.lastIndexOf(asked)
  const label = next(sectionLabels.sources)
  const keyLabel = text.lastIndexOf(sectionLabels.keySentences, last)
  const hasKeys = keySentences.length > 0 && keyLabel >= from
  if (label < 0 || last < from) return []
  const sourcesEnd = trimEnd(text, from, hasKeys ? keyLabel : last)
  parts.push({ part: 'sources', start: from, end: sourcesEnd })
  if (hasKeys) {
    const start = keyLabel + sectionLabels.keySentences.length
    parts.push({ part: 'keySentences', start, end: trimEnd(text, start, last) })
  }
  parts.push({ part: 'question', start: last, end: last + asked.length })
  return parts.filter(({ start, end }) => end > start)
}

/** The end of the text from `start` on, without trailing blank lines. */
function trimEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length
}
