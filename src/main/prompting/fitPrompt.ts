import type { Llm, Prompt } from '../llm/llm.ts'

export interface FitPromptOptions<Sections, Written extends Prompt> {
  readonly llm: Pick<Llm, 'render'>
  /** Tokens. */
  readonly contextSize: number
  /** Tokens that stay free beside the prompt. */
  readonly reserve: number
  /** What may be left out, as much of it as there may be room for. */
  readonly sections: Sections
  /**
   * Leaves out what is missed least.
   *
   * @param over tokens that are too many.
   * @returns null where nothing can be left out any more.
   */
  readonly dropLast: (sections: Sections, over: number) => Sections | null
  readonly write: (sections: Sections) => Written
}

export interface FittedPrompt<Sections, Written extends Prompt> {
  readonly sections: Sections
  readonly prompt: Written
  /** As the model reads it. */
  readonly text: string
  /** Length of that. */
  readonly tokens: number
  /** Tokens that neither prompt nor reserve take. Negative: it does not fit, and nothing is left to drop. */
  readonly room: number
}

/**
 * Writes a prompt that fits the context with `reserve` tokens left, and leaves out sections until it
 * does. Only the whole prompt, counted by the model, decides: tokens of pieces do not add up, since a
 * tokenizer may merge what meets at a joint, or split it.
 *
 * Whoever calls this chooses beforehand about as much as fits, so that few prompts are counted.
 */
export async function fitPrompt<Sections, Written extends Prompt>(
  options: FitPromptOptions<Sections, Written>,
): Promise<FittedPrompt<Sections, Written>> {
  const { llm, contextSize, reserve, dropLast, write } = options
  let sections = options.sections
  for (;;) {
    const prompt = write(sections)
    const { text, tokens } = await llm.render(prompt)
    const room = contextSize - reserve - tokens
    const fewer = room < 0 ? dropLast(sections, -room) : null
    if (fewer === null) return { sections, prompt, text, tokens, room }
    sections = fewer
  }
}

/** Leaves out the oldest of earlier turns, whole: half a turn would teach a model half an answer. */
export function dropOldest<Turn>(turns: readonly Turn[]): readonly Turn[] | null {
  return turns.length === 0 ? null : turns.slice(1)
}

/** For a prompt of which nothing may be left out. */
export function dropNothing(): null {
  return null
}
