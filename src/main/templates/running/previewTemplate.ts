import type { PreviewPart, PromptPreview } from '../../../shared/contract/templates.ts'
import {
  renderTemplate,
  type PromptPart,
  type RenderedTemplate,
} from '../../../shared/domain/template/renderTemplate.ts'
import type { InputValues, Template } from '../../../shared/domain/template/template.ts'
import type { LadderArm } from '../../../shared/domain/testRun/arm.ts'
import type { LlmInfo } from '../../llm/llm.ts'
import { createArmAnswerer, type ArmAnswererDeps, type Way } from './answerRow.ts'
import { inputsOfArm } from './armsOfPlan.ts'
import { tooLong } from './fitRow.ts'
import type { RowAnswerDeps } from './ports.ts'
import type { TokenLengths } from './tokenLengths.ts'

export interface PreviewDeps extends ArmAnswererDeps, Pick<RowAnswerDeps, 'model'> {
  readonly lengths: TokenLengths
}

export interface PreviewInput {
  readonly template: Template
  readonly values: InputValues
  readonly arm: LadderArm | null
}

/** Longest wait of a preview for the model, in milliseconds. */
const previewPatience = 2_000
/** The exact prompt of one row, and the tokens of each of its pieces. */
export async function previewTemplate(
  deps: PreviewDeps,
  { template, values, arm }: PreviewInput,
  signal: AbortSignal,
): Promise<PromptPreview> {
  const info = await soon(
    deps.model(() => undefined, signal),
    previewPatience,
  )
  const way = inputsOfArm(template, arm)
  if (info === null) return withoutModel(deps, template, way, values, signal)
  const answerer = createArmAnswerer(deps, template, way)
  const row = await answerer.prompt(values, info.contextSize, signal)
  const { parts } = row.rendered
  const own = await deps.lengths.of(
    info,
    parts.map(({ text }) => text),
  )
  const shown = parts.map((part, index) => toPart(part, own[index] ?? 0))
  const counted = own.reduce((sum, tokens) => sum + tokens, 0)
  const reserve = template.decoding.maxTokens
  return {
    parts: shown,
    text: row.text,
    tokens: {
      total: row.tokens,
      chatFormat: Math.max(0, row.tokens - counted),
      reserve,
      context: info.contextSize,
    },
    fits: row.fits,
    problem: row.fits ? null : tooLong(row.tokens, template, info.contextSize).message,
    exampleTokens: await exampleTokens(deps.lengths, info, template),
  }
}

/** A preview without lengths, so that templates can be written before a model is installed. */
async function withoutModel(
  deps: PreviewDeps,
  template: Template,
  way: Way,
  values: InputValues,
  signal: AbortSignal,
): Promise<PromptPreview> {
  const uncounted = {
    countTokens: (texts: readonly string[]) => Promise.resolve(texts.map(() => 0)),
    render: () => Promise.resolve({ text: '', tokens: 0 }),
  }
  const llm = { ...deps.llm, ...uncounted }
  const answering = createArmAnswerer({ ...deps, llm }, template, way)
  const { rendered } = await answering.prompt(values, Number.MAX_SAFE_INTEGER, signal)
  return {
    parts: rendered.parts.map((part) => toPart(part, null)),
    text: null,
    tokens: null,
    fits: true,
    problem: null,
    exampleTokens: {},
  }
}

function toPart(part: PromptPart, tokens: number | null): PreviewPart {
  const { kind, message, text } = part
  const ref =
    part.kind === 'example' ? part.id : part.kind === 'source' ? String(part.number) : null
  return { kind, ref, message, text, tokens }
}

async function exampleTokens(
  lengths: TokenLengths,
  info: LlmInfo,
  template: Template,
): Promise<Readonly<Record<string, number>>> {
  const texts = template.examples.map((one) => {
    const alone = renderTemplate({ template, examples: [one], sources: [], values: {} })
    return textOfExample(alone, one.id)
  })
  const counts = await lengths.of(info, texts)
  return Object.fromEntries(template.examples.map(({ id }, index) => [id, counts[index] ?? 0]))
}

function textOfExample({ parts }: RenderedTemplate, id: string): string {
  return parts
    .filter((part) => part.kind === 'example' && part.id === id)
    .map(({ text }) => text)
    .join('\n')
}

/** The result of a promise if it resolves within `ms` milliseconds, else null. */
function soon<T>(result: Promise<T | null>, ms: number): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), ms)
    result.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
