import {
  renderTemplate,
  type PromptSource,
  type RenderedTemplate,
} from '../../../shared/domain/template/renderTemplate.ts'
import type { Example, InputValues, Template } from '../../../shared/domain/template/template.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Llm } from '../../llm/llm.ts'
import { fillRoom, measureSentences, sourceText } from '../../retrieval/fitSources.ts'
import type { TitledPassage } from '../../retrieval/titledPassages.ts'

export interface FitRowInput {
  readonly llm: Pick<Llm, 'countTokens' | 'render'>
  /** Tokens. */
  readonly contextSize: number
  readonly template: Template
  /** Those that stand in the prompt, in their order. */
  readonly examples: readonly Example[]
  /** Best first; as much of it as fits is taken. */
  readonly evidence: readonly TitledPassage[]
  readonly values: InputValues
}

/** A passage in the prompt of a row, with the chunk that it comes from. */
export interface RowSource extends PromptSource {
  readonly chunk: string
}

export interface FittedRow {
  readonly rendered: RenderedTemplate
  /** As the model reads it. */
  readonly text: string
  /** Length of that. */
  readonly tokens: number
  readonly sources: readonly RowSource[]
  /** Whether the answer's room is left. Without sources it may not be. */
  readonly fits: boolean
}

/** What `Sources:` and the blank lines between them cost. Tokens. */
const frameTokens = 8

/**
 * Writes the prompt of a row so that it fits the context with the template's room for the answer.
 * Passages are trimmed or left out for that; examples and the row itself never are.
 */
export async function fitRow(input: FitRowInput): Promise<FittedRow> {
  const bare = await rendered(input, [])
  const { evidence, contextSize, llm, template } = input
  if (evidence.length === 0 || !bare.fits) return bare
  const measured = await measureSentences(llm, evidence)
  const room = contextSize - template.decoding.maxTokens - bare.tokens - frameTokens
  const fitting = fillRoom(measured, room).map((source) => ({
    number: source.number,
    title: source.evidence.title,
    text: sourceText(source).trim(),
    chunk: source.evidence.passage.chunk,
  }))
  // Counting piece by piece is close, not exact: the whole decides.
  for (let count = fitting.length; count > 0; count -= 1) {
    const whole = await rendered(input, fitting.slice(0, count))
    if (whole.fits) return whole
  }
  return bare
}

async function rendered(
  { llm, contextSize, template, examples, values }: FitRowInput,
  sources: readonly RowSource[],
): Promise<FittedRow> {
  const prompt = renderTemplate({ template, examples, sources, values })
  const { text, tokens } = await llm.render(prompt)
  const fits = tokens + template.decoding.maxTokens <= contextSize
  return { rendered: prompt, text, tokens, sources, fits }
}

/** Why a prompt is not run, and what to do. */
export function tooLong(tokens: number, template: Template, contextSize: number): AppError {
  const reserve = template.decoding.maxTokens
  const [prompt, kept, context] = [tokens, reserve, contextSize].map((count) =>
    count.toLocaleString('en'),
  )
  return new AppError(
    'prompt-too-long',
    `The prompt takes ${prompt ?? ''} tokens and ${kept ?? ''} are kept free for the answer, but this model reads ${context ?? ''} in all. Switch off an example, shorten the input, or keep fewer tokens free.`,
  )
}
