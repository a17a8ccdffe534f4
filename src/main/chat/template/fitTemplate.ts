import { formatCount } from '../../../shared/domain/localFormat.ts'
import type { PromptPart, TokenBudget } from '../../../shared/domain/conversation.ts'
import type { RenderedTemplate } from '../../../shared/domain/template/renderTemplate.ts'
import type { Example, Template } from '../../../shared/domain/template/template.ts'
import { AppError } from '../../../shared/errors.ts'
import { dropOldest, fitPrompt } from '../../prompting/fitPrompt.ts'
import type { FittedSource } from '../../prompting/fitSources.ts'
import {
  fitTemplateSources,
  writeTemplate,
  type FilledTemplate,
  type FittedTemplatePrompt,
} from '../../prompting/fitTemplate.ts'
import type { TitledPassage } from '../../retrieval/titledPassages.ts'
import { latestTurns, leastRoomForPassages } from '../fitQuestion.ts'
import { locateTemplateParts, partName } from './templateParts.ts'

export interface TemplateFit extends FilledTemplate {
  /** Earlier turns in the form of examples, oldest first; they follow the template's own. */
  readonly history: readonly Example[]
}

export interface FittedTemplate {
  readonly prompt: RenderedTemplate
  readonly sources: readonly FittedSource[]
  readonly budget: TokenBudget
  /** The prompt in the model's chat format. */
  readonly text: string
  readonly parts: readonly PromptPart[]
}

/** The earlier turns that fit, and the tokens left. */
export interface TemplateRoom {
  readonly fit: TemplateFit
  readonly room: number
}

/**
 * Chooses the latest turns that leave room for the answer and for passages. Call it first, so that
 * a template that doesn't fit is rejected before any other work.
 *
 * @param grounded whether the prompt will have passages.
 * @throws AppError `prompt-too-long` if instruction, examples and question alone do not fit.
 */
export async function fitHistory(fit: TemplateFit, grounded: boolean): Promise<TemplateRoom> {
  const { llm, contextSize, template } = fit
  const needed = grounded ? leastRoomForPassages : 0
  const asTurns = fit.history.map((one) => ({
    user: Object.values(one.values).join('\n'),
    assistant: one.output,
  }))
  const kept = await latestTurns(llm, asTurns, contextSize)
  const fitted = await fitPrompt<readonly Example[], RenderedTemplate>({
    llm,
    contextSize,
    reserve: template.decoding.maxTokens + needed,
    sections: fit.history.slice(fit.history.length - kept.length),
    dropLast: dropOldest,
    write: (history) => writeTemplate(filledWith({ ...fit, history }), []),
  })
  if (fitted.room < 0) throw tooLong(template, fitted.tokens, contextSize, grounded)
  return { fit: { ...fit, history: fitted.sections }, room: fitted.room + needed }
}

/**
 * Builds the prompt with as much of the passages as fits. Only passages are trimmed or left out,
 * never examples or the question.
 *
 * @param passages best first.
 */
export async function fitTemplate(
  { fit, room }: TemplateRoom,
  passages: readonly TitledPassage[],
): Promise<FittedTemplate> {
  const fitted = await fitTemplateSources(filledWith(fit), passages, room)
  const { prompt, text, sections: sources } = fitted
  const turns = new Set(fit.history.map(({ id }) => id))
  return {
    prompt,
    sources,
    text,
    parts: locateTemplateParts(text, prompt, turns),
    budget: await budgetOf(fit, fitted, turns),
  }
}

function filledWith({ history, examples, ...fit }: TemplateFit): FilledTemplate {
  return { ...fit, examples: [...examples, ...history] }
}

/** The number of tokens of each part of a prompt. */
async function budgetOf(
  { llm, contextSize, template }: TemplateFit,
  { prompt, tokens }: FittedTemplatePrompt,
  turns: ReadonlySet<string>,
): Promise<TokenBudget> {
  const textOf = (wanted: PromptPart['part']): string =>
    prompt.parts
      .filter((part) => partName(part, turns) === wanted)
      .map((part) => part.text)
      .join('\n')
  const names = ['system', 'examples', 'history', 'sources'] as const
  const [system = 0, examples = 0, history = 0, sources = 0] = await llm.countTokens(
    names.map(textOf),
  )
  return {
    context: contextSize,
    system,
    examples,
    history,
    sources,
    keySentences: 0,
    // The rest is the question and the chat format.
    question: Math.max(tokens - system - examples - history - sources, 0),
    reserve: template.decoding.maxTokens,
  }
}

function tooLong(
  template: Template,
  tokens: number,
  contextSize: number,
  grounded: boolean,
): AppError {
  const passages = grounded ? ', and passages need some room as well' : ''
  return new AppError(
    'prompt-too-long',
    `The template “${template.name}” does not fit this model: with the question it takes ${formatCount(tokens)} tokens and keeps ${formatCount(template.decoding.maxTokens)} free for the answer, of ${formatCount(contextSize)} in all${passages}. Nothing was asked. Switch off an example, shorten the question, or choose a model with a longer context.`,
  )
}
