import { oneLine } from '../../shared/domain/oneLine.ts'
import type { Prompt, PromptTurn } from '../llm/llm.ts'

/**
 * The system prompt, verbatim as the bundled model was trained with it
 * (resources/models/penknife-tiny/README.md); LLaMA 2 follows it as well.
 */
export const groundedSystem =
  'Answer the question using only the numbered sources. Cite the source after each sentence, like [1]. If the sources do not contain the answer, say: I could not find this in your documents.'

/** The answer if the documents don't contain one. */
export const refusal = 'I could not find this in your documents.'

/**
 * Whether a text is a refusal. Models use the given sentence, sometimes with a few words around it.
 */
export function isRefusal(text: string): boolean {
  return text.trim().toLowerCase().startsWith(refusal.slice(0, -1).toLowerCase())
}

export const ungroundedSystem =
  'You are a helpful assistant. Answer briefly and plainly. Say so when you do not know.'

/** Titles are cut to this length to save tokens. */
const longestTitle = 60

export interface PromptSource {
  readonly number: number
  readonly title: string
  /** `page 3` or `slide 3`; null if the format has no pages. */
  readonly place: string | null
  readonly text: string
}

export interface PromptKeySentence {
  readonly text: string
  /** Number of its source. */
  readonly source: number
}

export interface GroundedQuestion {
  readonly question: string
  readonly sources: readonly PromptSource[]
  /** Best first. */
  readonly keySentences: readonly PromptKeySentence[]
}

/** A key sentence as a line of the prompt, which is also the form of a quoted answer. */
export function quoteLine(sentence: PromptKeySentence): string {
  return `“${oneLine(sentence.text)}” [${sentence.source}]`
}

export function renderSource({ number, title, place, text }: PromptSource): string {
  const short = title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title
  const where = place === null ? short : `${short}, ${place}`
  return `[${number}] ${oneLine(where)}\n${text.trim()}`
}

/** Labels of the sections of a grounded question. */
export const sectionLabels = { sources: 'Sources:\n', keySentences: 'Key sentences:\n' } as const

export function askedLine(question: string): string {
  return `Question: ${question.trim()}`
}

/** The user's side of a grounded question: question, sources, key sentences, question again. */
export function renderQuestion({ question, sources, keySentences }: GroundedQuestion): string {
  const asked = askedLine(question)
  const parts = [asked, sectionLabels.sources + sources.map(renderSource).join('\n\n')]
  if (keySentences.length > 0) {
    parts.push(sectionLabels.keySentences + keySentences.map(quoteLine).join('\n'))
  }
  return [...parts, asked].join('\n\n')
}

/**
 * The prompt of a grounded question. System and earlier turns come first and without their sources,
 * so that the KV cache of the prefix can be reused for the next question.
 */
export function groundedPrompt(question: GroundedQuestion, history: readonly PromptTurn[]): Prompt {
  return { system: groundedSystem, history, user: renderQuestion(question) }
}

/** An earlier turn as it appears in later prompts. */
export function historyTurn(question: string, answer: string): PromptTurn {
  return { user: askedLine(question), assistant: answer.trim() }
}
