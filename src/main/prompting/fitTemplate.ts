import {
  renderTemplate,
  type RenderedTemplate,
} from '../../shared/domain/template/renderTemplate.ts'
import type { Example, InputValues, Template } from '../../shared/domain/template/template.ts'
import type { Llm } from '../llm/llm.ts'
import type { TitledPassage } from '../retrieval/titledPassages.ts'
import { dropNothing, fitPrompt, type FittedPrompt } from './fitPrompt.ts'
import {
  fillRoom,
  measureSentences,
  sourceText,
  trimLast,
  type FittedSource,
} from './fitSources.ts'

/** A template with what fills it in, and the model that is to read it. */
export interface FilledTemplate {
  readonly llm: Pick<Llm, 'countTokens' | 'render'>
  /** Tokens. */
  readonly contextSize: number
  readonly template: Template
  /** Those that stand in the prompt, in their order. */
  readonly examples: readonly Example[]
  readonly values: InputValues
}

export type FittedTemplatePrompt = FittedPrompt<readonly FittedSource[], RenderedTemplate>

/** What `Sources:` and the blank lines between them cost. Tokens. */
const frameTokens = 8

/** The prompt of a template over some sources. */
export function writeTemplate(
  { template, examples, values }: Pick<FilledTemplate, 'template' | 'examples' | 'values'>,
  sources: readonly FittedSource[],
): RenderedTemplate {
  return renderTemplate({
    template,
    examples,
    values,
    sources: sources.map((source) => ({
      number: source.passage.number,
      title: source.passage.title,
      text: sourceText(source).trim(),
    })),
  })
}

/** The prompt without sources, whether it fits or not: examples and input are never left out. */
export function fitBareTemplate(filled: FilledTemplate): Promise<FittedTemplatePrompt> {
  const { llm, contextSize, template } = filled
  return fitPrompt({
    llm,
    contextSize,
    reserve: template.decoding.maxTokens,
    sections: [],
    dropLast: dropNothing,
    write: (sources: readonly FittedSource[]) => writeTemplate(filled, sources),
  })
}

/**
 * Writes the prompt with as much of the passages as there is room for beside the template's room for
 * the answer. Passages are trimmed or left out for that; examples and input never are.
 *
 * @param passages best first.
 * @param room tokens that the prompt without sources leaves.
 */
export async function fitTemplateSources(
  filled: FilledTemplate,
  passages: readonly TitledPassage[],
  room: number,
): Promise<FittedTemplatePrompt> {
  const { llm, contextSize, template } = filled
  const measured = await measureSentences(llm, passages)
  return fitPrompt({
    llm,
    contextSize,
    reserve: template.decoding.maxTokens,
    sections: fillRoom(measured, room - frameTokens),
    dropLast: trimLast,
    write: (sources: readonly FittedSource[]) => writeTemplate(filled, sources),
  })
}
