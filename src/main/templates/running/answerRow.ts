import { calibrate } from '../../../shared/domain/statistics/contextualCalibration.ts'
import {
  rowText,
  type InputValues,
  type Template,
} from '../../../shared/domain/template/template.ts'
import type { Arm } from '../../../shared/domain/testRun/arm.ts'
import { AppError, assertNever } from '../../../shared/errors.ts'
import type { GenerateOptions } from '../../llm/llm.ts'
import { writeReply, type ReplyStep } from '../../prompting/writeReply.ts'
import type { TitledPassage } from '../../retrieval/titledPassages.ts'
import {
  addTokens,
  generateOptions,
  likeliest,
  noTokens,
  weighLabels,
  type ModelAnswer,
} from './askModel.ts'
import {
  createContentFreeLeans,
  type ContentFreeLeans,
  type PromptContents,
} from './contentFreeLeans.ts'
import { fitRow, tooLong, type FittedRow, type RowSource } from './fitRow.ts'
import type { VectorCache } from './nearestExamples.ts'
import { voteOf, voters } from './neighbourVote.ts'
import { createPromptExamples, type PromptExamples } from './promptExamples.ts'
import type { RowAnswerDeps } from './ports.ts'

/** How an arm answers. Arms with equal values give the same answers. */
export type Way = Pick<Arm, 'method' | 'examples' | 'sources' | 'grammar'>

export interface RowAnswer extends ModelAnswer {
  /** Ids of the examples in the prompt (or that voted), where they differ from row to row. */
  readonly neighbours: readonly string[] | null
  /** Passages in the prompt; null if the way uses none. */
  readonly sources: readonly RowSource[] | null
}

/** Answers rows in one way. What all rows share is prepared once. */
export interface ArmAnswerer {
  /**
   * @param contextSize tokens that the model reads; not used where no model is asked.
   * @throws AppError `prompt-too-long`, and what the model's process throws.
   */
  answer(
    values: InputValues,
    contextSize: number,
    onStep: (step: ReplyStep) => void,
    signal: AbortSignal,
  ): Promise<RowAnswer>
  /** The prompt that `answer` asks, whether it fits or not. */
  prompt(values: InputValues, contextSize: number, signal: AbortSignal): Promise<FittedRow>
}

export interface ArmAnswererDeps extends Pick<RowAnswerDeps, 'llm' | 'findSources'> {
  readonly vectors: VectorCache
}

/** One way to answer, with what is prepared once for all rows. */
interface Answering {
  readonly deps: ArmAnswererDeps
  readonly template: Template
  readonly way: Way
  readonly chosen: PromptExamples
  readonly leans: ContentFreeLeans
  readonly options: GenerateOptions
}

/** A prompt of a row, and what it was made of. */
interface RowPrompt extends PromptContents {
  readonly row: FittedRow
}

export function createArmAnswerer(
  deps: ArmAnswererDeps,
  template: Template,
  way: Way,
): ArmAnswerer {
  const answering: Answering = {
    deps,
    template,
    way,
    chosen: createPromptExamples(deps.vectors, template, way.examples),
    leans: createContentFreeLeans(deps.llm, template),
    options: generateOptions(template, way),
  }
  return {
    async prompt(values, contextSize, signal) {
      return (await promptOf(answering, values, contextSize, signal)).row
    },
    async answer(values, contextSize, onStep, signal) {
      if (way.method === 'nearest-neighbours') return vote(answering, values, signal)
      const prompt = await promptOf(answering, values, contextSize, signal)
      const { row, examples } = prompt
      if (!row.fits) throw tooLong(row.tokens, template, contextSize)
      return {
        ...(await askModel(answering, way.method, prompt, onStep, signal)),
        neighbours: way.examples.kind === 'nearest' ? examples.map(({ id }) => id) : null,
        sources: way.sources ? row.sources : null,
      }
    },
  }
}

async function promptOf(
  answering: Answering,
  values: InputValues,
  contextSize: number,
  signal: AbortSignal,
): Promise<RowPrompt> {
  const { deps, template, chosen } = answering
  const examples = await chosen.examplesFor(values, signal)
  const passages = await passagesFor(answering, values, signal)
  const filled = { llm: deps.llm, contextSize, template, examples, values }
  return { row: await fitRow(filled, passages), examples, passages, contextSize }
}

async function passagesFor(
  { deps, template, way }: Answering,
  values: InputValues,
  signal: AbortSignal,
): Promise<readonly TitledPassage[]> {
  if (!way.sources) return []
  const query = rowText(template, values).trim()
  if (query === '') return []
  const { scope, passages } = template.sources
  return deps.findSources(query, scope, passages, signal)
}

/** The vote of the examples nearest to a row; no model is asked. */
async function vote(
  { template, way, chosen }: Answering,
  values: InputValues,
  signal: AbortSignal,
): Promise<RowAnswer> {
  const { examples } = way
  const count = examples.kind === 'nearest' ? examples.count : voters(chosen.pool.length)
  const found = await chosen.nearest(values, count, signal)
  return {
    reply: voteOf(template.format, found),
    stop: 'end',
    tokens: noTokens,
    probabilities: null,
    neighbours: found.map(({ example }) => example.id),
    sources: null,
  }
}

async function askModel(
  answering: Answering,
  method: Exclude<Way['method'], 'nearest-neighbours'>,
  prompt: RowPrompt,
  onStep: (step: ReplyStep) => void,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const { template, options } = answering
  const { llm } = answering.deps
  const { rendered } = prompt.row
  switch (method) {
    case 'generate': {
      const reply = await writeReply(llm, rendered, options, onStep, signal)
      return { ...reply, probabilities: null }
    }
    case 'label-probability':
      return weighLabels(llm, rendered, labelsOf(template), onStep, signal)
    case 'calibrated-probability':
      return askCalibrated(answering, prompt, onStep, signal)
    default:
      return assertNever(method)
  }
}

/** Probabilities of the labels, corrected by those that inputs without content get. */
async function askCalibrated(
  { deps, template, leans }: Answering,
  prompt: RowPrompt,
  onStep: (step: ReplyStep) => void,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const labels = labelsOf(template)
  const { lean, tokens } = await leans.leanOf(prompt, labels, signal)
  const answer = await weighLabels(deps.llm, prompt.row.rendered, labels, onStep, signal)
  const probabilities = calibrate(answer.probabilities, lean)
  return {
    reply: likeliest(probabilities),
    stop: answer.stop,
    tokens: addTokens(answer.tokens, tokens),
    probabilities,
  }
}

function labelsOf({ format }: Template): readonly string[] {
  if (format.kind === 'label' && format.labels.length > 0) return [...new Set(format.labels)]
  throw new AppError(
    'invalid-input',
    'Probabilities of labels need a template that answers with one label. Choose that format, or let the model write its answer.',
  )
}
