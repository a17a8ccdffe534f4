import type {
  PromptSource,
  RenderedTemplate,
} from '../../../shared/domain/template/renderTemplate.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { AppError } from '../../../shared/errors.ts'
import { sourceText } from '../../prompting/fitSources.ts'
import {
  fitBareTemplate,
  fitTemplateSources,
  type FilledTemplate,
  type FittedTemplatePrompt,
} from '../../prompting/fitTemplate.ts'
import type { TitledPassage } from '../../retrieval/titledPassages.ts'

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

/**
 * Writes the prompt of a row so that it fits the context with the template's room for the answer.
 * Passages are trimmed or left out for that; examples and the row itself never are.
 *
 * @param passages best first; as much of them as fits is taken.
 */
export async function fitRow(
  filled: FilledTemplate,
  passages: readonly TitledPassage[],
): Promise<FittedRow> {
  const bare = await fitBareTemplate(filled)
  if (passages.length === 0 || bare.room < 0) return toRow(bare)
  return toRow(await fitTemplateSources(filled, passages, bare.room))
}

function toRow({ prompt, text, tokens, room, sections }: FittedTemplatePrompt): FittedRow {
  const sources = sections.map((source) => ({
    number: source.passage.number,
    title: source.passage.title,
    text: sourceText(source).trim(),
    chunk: source.passage.chunk,
  }))
  return { rendered: prompt, text, tokens, sources, fits: room >= 0 }
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
