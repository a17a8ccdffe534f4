import {
  calibrate,
  contentFreeInputs,
  contentFreeLean,
  type Probabilities,
} from '../../../shared/domain/statistics/contextualCalibration.ts'
import {
  fillIn,
  variablesOf,
  type Example,
  type InputValues,
  type Template,
} from '../../../shared/domain/template/template.ts'
import type { Arm } from '../../../shared/domain/testRun/arm.ts'
import { AppError, assertNever } from '../../../shared/errors.ts'
import { createLruCache } from '../../flow/lruCache.ts'
import type { TokenUse } from '../../llm/llm.ts'
import { writeReply, type ReplyStep } from '../../prompting/writeReply.ts'
import type { TitledPassage } from '../../retrieval/titledPassages.ts'
import { addTokens, generateOptions, likeliest, weighLabels, type ModelAnswer } from './askModel.ts'
import { fitRow, tooLong, type FittedRow, type RowSource } from './fitRow.ts'
import type { VectorCache } from './nearestExamples.ts'
import { voteOf, voters } from './neighbourVote.ts'
import { createPromptExamples } from './promptExamples.ts'
import type { RowAnswerDeps } from './ports.ts'

/** How one arm answers. Arms that differ in nothing of this answer alike. */
export type Way = Pick<Arm, 'method' | 'examples' | 'sources' | 'grammar'>

export interface RowAnswer extends ModelAnswer {
  /** Ids of the examples in the prompt (or that voted), where they differ from row to row. */
  readonly neighbours: readonly string[] | null
  /** Passages in the prompt; null where none are looked for. */
  readonly sources: readonly RowSource[] | null
}

/** Answers rows in one way. What is the same for all rows is made once. */
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

/** Prompts whose lean is remembered: one where all rows have the same examples and no sources. */
const keptLeans = 8
const noTokens: TokenUse = { prompt: 0, reused: 0, generated: 0 }

export function createArmAnswerer(
  deps: ArmAnswererDeps,
  template: Template,
  way: Way,
): ArmAnswerer {
  const { llm, vectors } = deps
  const { examples: choice, method } = way
  const chosen = createPromptExamples(vectors, template, choice)
  const options = generateOptions(template, way)
  const leans = createLruCache<Probabilities>(keptLeans)

  function passagesFor(
    values: InputValues,
    signal: AbortSignal,
  ): Promise<readonly TitledPassage[]> {
    if (!way.sources) return Promise.resolve([])
    const query = fillIn(template.input, values).trim()
    if (query === '') return Promise.resolve([])
    const { scope, passages } = template.sources
    return deps.findSources(query, scope, passages, signal)
  }

  async function fit(
    values: InputValues,
    contextSize: number,
    signal: AbortSignal,
  ): Promise<{ row: FittedRow; examples: readonly Example[]; passages: readonly TitledPassage[] }> {
    const examples = await chosen.examplesFor(values, signal)
    const passages = await passagesFor(values, signal)
    const row = await fitRow({ llm, contextSize, template, examples, values }, passages)
    return { row, examples, passages }
  }

  /** What the prompt says to inputs without content, and what asking that cost. */
  async function leanOf(
    examples: readonly Example[],
    passages: readonly TitledPassage[],
    contextSize: number,
    labels: readonly string[],
    signal: AbortSignal,
  ): Promise<{ lean: Probabilities; tokens: TokenUse }> {
    const prompts = await Promise.all(
      contentFreeInputs.map((input) => {
        const values = Object.fromEntries(variablesOf(template).map((name) => [name, input]))
        return fitRow({ llm, contextSize, template, examples, values }, passages)
      }),
    )
    const key = prompts.map(({ text }) => text).join('\0')
    const known = leans.get(key)
    if (known !== undefined) return { lean: known, tokens: noTokens }
    const answers: Probabilities[] = []
    let tokens = noTokens
    for (const { rendered } of prompts) {
      const answer = await weighLabels(llm, rendered, labels, () => undefined, signal)
      answers.push(answer.probabilities)
      tokens = addTokens(tokens, answer.tokens)
      if (answer.stop === 'aborted') break
    }
    const lean = contentFreeLean(answers)
    if (!signal.aborted) leans.set(key, lean)
    return { lean, tokens }
  }

  async function vote(values: InputValues, signal: AbortSignal): Promise<RowAnswer> {
    const count = choice.kind === 'nearest' ? choice.count : voters(chosen.pool.length)
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

  return {
    async prompt(values, contextSize, signal) {
      return (await fit(values, contextSize, signal)).row
    },
    async answer(values, contextSize, onStep, signal) {
      if (method === 'nearest-neighbours') return vote(values, signal)
      const { row, examples, passages } = await fit(values, contextSize, signal)
      if (!row.fits) throw tooLong(row.tokens, template, contextSize)
      const beside = {
        neighbours: choice.kind === 'nearest' ? examples.map(({ id }) => id) : null,
        sources: way.sources ? row.sources : null,
      }
      switch (method) {
        case 'generate':
          return {
            ...(await writeReply(llm, row.rendered, options, onStep, signal)),
            probabilities: null,
            ...beside,
          }
        case 'label-probability':
          return {
            ...(await weighLabels(llm, row.rendered, labelsOf(template), onStep, signal)),
            ...beside,
          }
        case 'calibrated-probability': {
          const labels = labelsOf(template)
          const { lean, tokens } = await leanOf(examples, passages, contextSize, labels, signal)
          const answer = await weighLabels(llm, row.rendered, labels, onStep, signal)
          const probabilities = calibrate(answer.probabilities, lean)
          return {
            reply: likeliest(probabilities),
            stop: answer.stop,
            tokens: addTokens(answer.tokens, tokens),
            probabilities,
            ...beside,
          }
        }
        default:
          return assertNever(method)
      }
    },
  }
}

function labelsOf({ format }: Template): readonly string[] {
  if (format.kind === 'label' && format.labels.length > 0) return [...new Set(format.labels)]
  throw new AppError(
    'invalid-input',
    'Probabilities of labels need a template that answers with one label. Choose that format, or let the model write its answer.',
  )
}
