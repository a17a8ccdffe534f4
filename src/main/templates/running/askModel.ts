import { answerEnds } from '../../../shared/domain/template/answerEnds.ts'
import { answerParts } from '../../../shared/domain/template/answerParts.ts'
import { grammarOf } from '../../../shared/domain/template/grammar.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import type { Arm } from '../../../shared/domain/testRun/arm.ts'
import type { GenerateOptions, Llm, Prompt, TokenUse } from '../../llm/llm.ts'
import type { Reply, ReplyStep } from '../../prompting/writeReply.ts'

export interface ModelAnswer extends Reply {
  readonly probabilities: Readonly<Record<string, number>> | null
}

/** The generation options of a template. */
export function generateOptions(
  { format, layout, decoding }: Template,
  { grammar }: Pick<Arm, 'grammar'>,
): GenerateOptions {
  const rules = grammar ? grammarOf(format) : null
  const ends = decoding.stopTexts ?? []
  // Parts are written whole, and no text within them can end an answer.
  const parts = rules === null || ends.length > 0 ? null : answerParts(format)
  const { maxTokens, temperature, seed, topP, topK, minP, repeatPenalty } = decoding
  const stopTexts = [...answerEnds({ layout, decoding })]
  return {
    maxTokens,
    temperature,
    seed,
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
    ...(minP === undefined ? {} : { minP }),
    ...(repeatPenalty === undefined ? {} : { repeatPenalty }),
    ...(stopTexts.length === 0 ? {} : { stopTexts }),
    ...(rules === null ? {} : { grammar: rules }),
    ...(parts === null ? {} : { parts }),
  }
}

/**
 * The model's probability of each label, given that it answers with a label. Labels are compared
 * whole, since several may start with the same token.
 */
export async function weighLabels(
  llm: Pick<Llm, 'choose'>,
  prompt: Prompt,
  labels: readonly string[],
  onStep: (step: ReplyStep) => void,
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

export const noTokens: TokenUse = { prompt: 0, reused: 0, generated: 0 }

export function addTokens(a: TokenUse, b: TokenUse): TokenUse {
  return {
    prompt: a.prompt + b.prompt,
    reused: a.reused + b.reused,
    generated: a.generated + b.generated,
  }
}
