import { answerParts } from '../../../shared/domain/template/answerParts.ts'
import { grammarOf } from '../../../shared/domain/template/grammar.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import type { Arm } from '../../../shared/domain/testRun/arm.ts'
import type { GenerateItem, GenerateOptions, Llm, Prompt, TokenUse } from '../../llm/llm.ts'

/** How a prompt is being answered. */
export type AnswerStep = Extract<GenerateItem, { type: 'prefill' | 'text' }>

export interface ModelAnswer {
  readonly reply: string
  readonly stop: 'end' | 'length' | 'aborted'
  readonly tokens: TokenUse
  readonly probabilities: Readonly<Record<string, number>> | null
}

/** In a layout of text nothing but the next example ends an answer, and models like to go on. */
const nextExample = '\nInput:'

/** How a template lets a model write. */
export function generateOptions(
  { format, layout, decoding }: Template,
  { grammar }: Pick<Arm, 'grammar'>,
): GenerateOptions {
  const rules = grammar ? grammarOf(format) : null
  const parts = rules === null ? null : answerParts(format)
  return {
    maxTokens: decoding.maxTokens,
    temperature: decoding.temperature,
    seed: decoding.seed,
    ...(layout === 'text' ? { stopTexts: [nextExample] } : {}),
    ...(rules === null ? {} : { grammar: rules }),
    ...(parts === null ? {} : { parts }),
  }
}

/** Lets the model write. */
export async function writeReply(
  llm: Pick<Llm, 'generate'>,
  prompt: Prompt,
  options: GenerateOptions,
  onStep: (step: AnswerStep) => void,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  let reply = ''
  for await (const item of llm.generate(prompt, options, signal)) {
    switch (item.type) {
      case 'prefill':
        onStep(item)
        break
      case 'text':
        reply += item.text
        onStep(item)
        break
      case 'done':
        return { reply, stop: item.stop, tokens: item.tokens, probabilities: null }
    }
  }
  throw new Error('The model ended its answer without saying so')
}

/**
 * The probability of each label: that the model writes it when it may write nothing else. Whole
 * labels are weighed, since several may begin alike.
 */
export async function weighLabels(
  llm: Pick<Llm, 'choose'>,
  prompt: Prompt,
  labels: readonly string[],
  onStep: (step: AnswerStep) => void,
  signal: AbortSignal,
): Promise<ModelAnswer & { readonly probabilities: Readonly<Record<string, number>> }> {
  const options = { maxChoices: 1, final: labels.map((_, index) => index) }
  for await (const item of llm.choose(prompt, labels, options, signal)) {
    if (item.type === 'prefill') onStep(item)
    if (item.type !== 'done') continue
    const probabilities = Object.fromEntries(
      labels.map((label, index) => [label, item.probabilities[index] ?? 0]),
    )
    const { stop, tokens } = item
    return { reply: likeliest(probabilities), stop, tokens, probabilities }
  }
  throw new Error('The model ended its choice without saying so')
}

export function likeliest(probabilities: Readonly<Record<string, number>>): string {
  const [best] = Object.entries(probabilities).sort(([, a], [, b]) => b - a)
  return best?.[0] ?? ''
}

export function addTokens(a: TokenUse, b: TokenUse): TokenUse {
  return {
    prompt: a.prompt + b.prompt,
    reused: a.reused + b.reused,
    generated: a.generated + b.generated,
  }
}
