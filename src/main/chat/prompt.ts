import type { Prompt, PromptTurn } from '../llm/llm.ts'

/**
 * What the model is told about its task, word for word as the bundled model was trained on it
 * (resources/models/penknife-tiny/README.md); LLaMA 2 follows it as well.
 */
export const groundedSystem =
  'Answer the question using only the numbered sources. Cite the source after each sentence, like [1]. If the sources do not contain the answer, say: I could not find this in your documents.'

/** Said instead of an answer when the documents do not hold one. */
export const refusal = 'I could not find this in your documents.'

/** Models refuse in the words they were given, now and then with a little around them. */
export function isRefusal(text: string): boolean {
  return text.trim().toLowerCase().startsWith(refusal.slice(0, -1).toLowerCase())
}

export const ungroundedSystem =
  'You are a helpful assistant. Answer briefly and plainly. Say so when you do not know.'

/** Titles longer than this tell a model nothing more, and cost tokens. */
const longestTitle = 60

export interface PromptSource {
  readonly number: number
  readonly title: string
  /** `page 3` or `slide 3`; null where nothing is to be said. */
  readonly place: string | null
  readonly text: string
}

export interface PromptKeySentence {
  readonly text: string
  /** Number of the source that it stands in. */
  readonly source: number
}

export interface GroundedQuestion {
  readonly question: string
  readonly sources: readonly PromptSource[]
  /** Best first. */
  readonly keySentences: readonly PromptKeySentence[]
}

/** One line as Quote answers with it and as key sentences stand in the prompt. */
export function quoteLine(sentence: PromptKeySentence): string {
  return `“${oneLine(sentence.text)}” [${sentence.source}]`
}

export function renderSource({ number, title, place, text }: PromptSource): string {
  const short = title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title
  const where = place === null ? short : `${short}, ${place}`
  return `[${number}] ${oneLine(where)}\n${text.trim()}`
}

/** What the sections of a grounded question begin with. */
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
 * System and earlier turns come first and without their sources, so that the KV cache of the prefix
 * is still good when the next question comes.
 */
export function groundedPrompt(question: GroundedQuestion, history: readonly PromptTurn[]): Prompt {
  return { system: groundedSystem, history, user: renderQuestion(question) }
}

/** An earlier turn as it stands in later prompts. */
export function historyTurn(question: string, answer: string): PromptTurn {
  return { user: askedLine(question), assistant: answer.trim() }
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
