import { formatCount } from '../../../shared/domain/localFormat.ts'
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

/** A passage in the prompt of a row, with the id of its chunk. */
export interface RowSource extends PromptSource {
  readonly chunk: string
}

export interface FittedRow {
  readonly rendered: RenderedTemplate
  /** The prompt in the model's chat format. */
  readonly text: string
  /** Length of the prompt. */
  readonly tokens: number
  readonly sources: readonly RowSource[]
  /** Whether there are tokens left for the answer. Can be false only without sources. */
  readonly fits: boolean
}

/**
 * Builds the prompt of a row so that it fits the context with the template's reserve for the
 * answer. Only passages are trimmed or left out, never examples or the row itself.
 *
 * @param passages best first; used as far as they fit.
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

/** The error for a prompt that doesn't fit the context. */
export function tooLong(tokens: number, template: Template, contextSize: number): AppError {
  const reserve = template.decoding.maxTokens
  const [prompt, kept, context] = [tokens, reserve, contextSize].map(formatCount)
  return new AppError(
    'prompt-too-long',
    `The prompt takes ${prompt ?? ''} tokens and ${kept ?? ''} are kept free for the answer, but this model reads ${context ?? ''} in all. Switch off an example, shorten the input, or keep fewer tokens free.`,
  )
}
