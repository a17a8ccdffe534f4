import {
  renderTemplate,
  type RenderedTemplate,
} from '../../../shared/domain/template/renderTemplate.ts'
import type { Example, InputValues, Template } from '../../../shared/domain/template/template.ts'
import type { PromptPart, TokenBudget } from '../../../shared/domain/conversation.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Llm } from '../../llm/llm.ts'
import {
  fillRoom,
  leastUsefulTokens,
  measureSentences,
  sourceText,
  type FittedSource,
} from '../../retrieval/fitSources.ts'
import type { TitledPassage } from '../../retrieval/titledPassages.ts'
import { latestTurns } from '../contextBudget.ts'
import { locateTemplateParts, partName } from './templateParts.ts'

export interface TemplateFit {
  readonly llm: Pick<Llm, 'countTokens' | 'render'>
  /** Tokens. */
  readonly contextSize: number
  readonly template: Template
  /** Those that stand in the prompt, in their order. */
  readonly examples: readonly Example[]
  /** Earlier turns in the form of examples, oldest first. */
  readonly history: readonly Example[]
  readonly values: InputValues
}

export interface FittedTemplate {
  readonly prompt: RenderedTemplate
  readonly sources: readonly FittedSource[]
  readonly budget: TokenBudget
  /** The prompt as the model reads it. */
  readonly text: string
  readonly parts: readonly PromptPart[]
}

/** What `Sources:` and the blank lines between them cost. Tokens. */
const frameTokens = 8

/**
 * Chooses the earlier turns that leave room for the answer and for passages: the latest ones. Comes
 * before everything else, so that a template that does not fit is told before anything is done.
 *
 * @param grounded whether passages are to stand in the prompt.
 * @returns the same with these turns, and the room they leave in tokens.
 * @throws AppError `prompt-too-long` if instruction, examples and question alone do not fit.
 */
export async function fitHistory(
  fit: TemplateFit,
  grounded: boolean,
): Promise<{ readonly fit: TemplateFit; readonly room: number }> {
  const { llm, contextSize, template } = fit
  const { maxTokens } = template.decoding
  const needed = grounded ? leastUsefulTokens * 2 : 0
  const asTurns = fit.history.map((one) => ({
    user: Object.values(one.values).join('\n'),
    assistant: one.output,
  }))
  const kept = await latestTurns(llm, asTurns, contextSize)
  let history = fit.history.slice(fit.history.length - kept.length)
  for (;;) {
    const prompt = renderTemplate({ ...fit, examples: [...fit.examples, ...history], sources: [] })
    const { tokens } = await llm.render(prompt)
    const room = contextSize - maxTokens - tokens
    if (room >= needed) return { fit: { ...fit, history }, room }
    if (history.length === 0) throw tooLong(template, tokens, contextSize, grounded)
    history = history.slice(1)
  }
}

/**
 * Writes the prompt with as much of the evidence as there is room for. Passages are trimmed or left
 * out for that; examples and the question never are.
 *
 * @param evidence best first.
 */
export async function fitTemplate(
  { fit, room }: Awaited<ReturnType<typeof fitHistory>>,
  evidence: readonly TitledPassage[],
): Promise<FittedTemplate> {
  const measured = await measureSentences(fit.llm, evidence)
  let sources = fillRoom(measured, room - frameTokens)
  // Counting piece by piece is close, not exact: the whole decides.
  for (;;) {
    const fitted = await render(fit, sources)
    if (fitted.fits || sources.length === 0) return fitted
    sources = sources.slice(0, -1)
  }
}

async function render(
  fit: TemplateFit,
  sources: readonly FittedSource[],
): Promise<FittedTemplate & { readonly fits: boolean }> {
  const { llm, template, contextSize, values, history } = fit
  const reserve = template.decoding.maxTokens
  const prompt = renderTemplate({
    template,
    examples: [...fit.examples, ...history],
    sources: sources.map((source) => ({
      number: source.number,
      title: source.evidence.title,
      text: sourceText(source).trim(),
    })),
    values,
  })
  const { text, tokens } = await llm.render(prompt)
  const turns = new Set(history.map(({ id }) => id))
  const parts = locateTemplateParts(text, prompt, turns)
  const textOf = (wanted: PromptPart['part']): string =>
    prompt.parts
      .filter((part) => partName(part, turns) === wanted)
      .map((part) => part.text)
      .join('\n')
  const names = ['system', 'examples', 'history', 'sources'] as const
  const [system = 0, examples = 0, earlier = 0, found = 0] = await llm.countTokens(
    names.map(textOf),
  )
  return {
    prompt,
    sources,
    text,
    parts,
    fits: tokens + reserve <= contextSize,
    budget: {
      context: contextSize,
      system,
      examples,
      history: earlier,
      sources: found,
      keySentences: 0,
      // What is left is the question, and the chat format around everything.
      question: Math.max(tokens - system - examples - earlier - found, 0),
      reserve,
    },
  }
}

function tooLong(
  template: Template,
  tokens: number,
  contextSize: number,
  grounded: boolean,
): AppError {
  const count = (number: number): string => number.toLocaleString('en')
  const passages = grounded ? ', and passages need some room as well' : ''
  return new AppError(
    'prompt-too-long',
    `The template “${template.name}” does not fit this model: with the question it takes ${count(tokens)} tokens and keeps ${count(template.decoding.maxTokens)} free for the answer, of ${count(contextSize)} in all${passages}. Nothing was asked. Switch off an example, shorten the question, or choose a model with a longer context.`,
  )
}
