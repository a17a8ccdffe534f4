import { changedDecoding } from '../../../shared/domain/template/decoding.ts'
import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import type { Arm } from '../../../shared/domain/testRun/arm.ts'
import type { RowResult, TestedModel } from '../../../shared/domain/testRun/run.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import {
  AppError,
  cancelled,
  isCancelled,
  isUnexpected,
  throwIfAborted,
  toWire,
} from '../../../shared/errors.ts'
import type { LlmInfo } from '../../llm/llm.ts'
import { createArmAnswerer, type ArmAnswerer, type RowAnswer } from './answerRow.ts'
import { judgeReply } from './judgeReply.ts'
import type { VectorCache } from './nearestExamples.ts'
import type { RowAnswerDeps } from './ports.ts'

export interface RunArmsDeps extends RowAnswerDeps {
  readonly vectors: VectorCache
  /** Waits until no foreground call is using the model: users' questions have priority. */
  readonly idle: (signal: AbortSignal) => Promise<void>
  /**
   * Runs one work after another: two runs that each loaded their model during a row of the other
   * would never end.
   */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  /** Receives unexpected errors, for the log. */
  readonly onUnexpectedError: (error: unknown) => void
}

export interface ArmsWork {
  readonly arms: readonly Arm[]
  readonly rows: readonly TestRow[]
  readonly templateOf: (version: number) => Template
  /** Whether a row is answered already. */
  readonly isDone: (arm: string, row: string) => boolean
  /** Path of the model that the run uses; null if it needs none, or `models` has those of the arms. */
  readonly modelFile: string | null
  /** Of a run that compares models. */
  readonly models: readonly TestedModel[]
}

export interface ArmsSink {
  /** Called when an arm with unanswered rows starts. */
  armStarted(arm: string): void
  add(result: RowResult): Promise<void> | void
}

/** A run ends after this many consecutive rows on which the model's process crashed. */
const mostCrashes = 3

export function asksModel({ method }: Pick<Arm, 'method'>): boolean {
  return method !== 'nearest-neighbours'
}

/**
 * Answers every row in every arm, arm by arm. A row that can't be answered gets a result with the
 * error, and the run continues.
 *
 * @throws AppError `cancelled`; `model-missing` if there is no model, another one than the run
 * started with, or one of several can't be loaded; `host-crashed` if the model crashes on several rows in a row. The sink has all
 * answers until then.
 */
export async function runArms(
  deps: RunArmsDeps,
  work: ArmsWork,
  sink: ArmsSink,
  signal: AbortSignal,
): Promise<void> {
  let crashes = 0
  for (const arm of work.arms) {
    const rows = work.rows.filter(({ id }) => !work.isDone(arm.id, id))
    if (rows.length === 0) continue
    sink.armStarted(arm.id)
    const written = work.templateOf(arm.version)
    const decoding = changedDecoding(written.decoding, arm.decoding)
    const template = { ...written, decoding }
    const answerer = createArmAnswerer(deps, template, arm)
    const model = asksModel(arm) ? armModel(deps, work, arm, signal) : noModel
    for (const row of rows) {
      throwIfAborted(signal)
      const result = await deps.inTurn(() =>
        withOneModel(model, (info) =>
          answerOrSayWhy(deps, answerer, arm, row, template.format, info, signal),
        ),
      )
      await sink.add(result)
      crashes = result.error?.code === 'host-crashed' ? crashes + 1 : 0
      if (crashes >= mostCrashes) throw tooManyCrashes(result)
    }
  }
}

type ModelOfArm = () => Promise<LlmInfo | null>

const noModel: ModelOfArm = () => Promise.resolve(null)

function armModel(
  deps: RunArmsDeps,
  { modelFile, models }: ArmsWork,
  { model }: Arm,
  signal: AbortSignal,
): ModelOfArm {
  const own = models.find(({ sha256 }) => sha256 === model)
  if (own !== undefined) return () => loadedFor(deps, own, signal)
  return () => chosenModel(deps, modelFile, signal)
}

/**
 * Answers a row with one model from beginning to end. If another was loaded meanwhile, for a
 * question of a user, the answer may be of that one, and the row is answered again.
 */
async function withOneModel(
  model: ModelOfArm,
  answer: (info: LlmInfo | null) => Promise<RowResult>,
): Promise<RowResult> {
  for (;;) {
    const before = await model()
    const result = await answer(before)
    // A model that crashed is another one when it is loaded again.
    if (result.error?.code === 'host-crashed' || (await model()) === before) return result
  }
}

async function loadedFor(
  deps: RunArmsDeps,
  { file, name }: TestedModel,
  signal: AbortSignal,
): Promise<LlmInfo> {
  await deps.idle(signal)
  const info = await deps.model(() => undefined, signal, file)
  if (info?.file === file) return info
  throw new AppError(
    'model-missing',
    `The model ${name} can’t be loaded. What was measured is kept. Check ${file} under Models, then resume.`,
  )
}

async function chosenModel(
  deps: RunArmsDeps,
  file: string | null,
  signal: AbortSignal,
): Promise<LlmInfo> {
  await deps.idle(signal)
  const info = await deps.model(() => undefined, signal)
  if (info === null) {
    throw new AppError(
      'model-missing',
      'There is no language model to answer with. What was measured is kept. Choose one under Models, then resume.',
    )
  }
  if (file !== null && info.file !== file) {
    throw new AppError(
      'model-missing',
      `This run was begun with ${file}, and another model answers now. What was measured is kept. Choose that model again, then resume.`,
    )
  }
  return info
}

async function answerOrSayWhy(
  deps: RunArmsDeps,
  answerer: ArmAnswerer,
  arm: Arm,
  row: TestRow,
  format: OutputFormat,
  info: LlmInfo | null,
  signal: AbortSignal,
): Promise<RowResult> {
  const started = performance.now()
  try {
    const contextSize = info?.contextSize ?? 0
    const answer = await answerer.answer(row.values, contextSize, () => undefined, signal)
    if (answer.stop === 'aborted') throw cancelled()
    return toResult(arm, row, format, answer, answer.stop, performance.now() - started)
  } catch (error) {
    if (isCancelled(error)) throw error
    if (isUnexpected(error)) deps.onUnexpectedError(error)
    return {
      arm: arm.id,
      row: row.id,
      reply: '',
      ...judgeReply(format, '', { ...row, passages: arm.sources ? null : [] }),
      stop: 'failed',
      error: toWire(error),
      tokens: { prompt: 0, reused: 0, generated: 0 },
      ms: performance.now() - started,
      probabilities: null,
      neighbours: null,
      sources: null,
    }
  }
}

function toResult(
  arm: Arm,
  row: TestRow,
  format: OutputFormat,
  { reply, tokens, probabilities, neighbours, sources }: RowAnswer,
  stop: 'end' | 'length',
  ms: number,
): RowResult {
  return {
    arm: arm.id,
    row: row.id,
    reply,
    ...judgeReply(format, reply, { ...row, passages: sources ?? [] }),
    stop,
    error: null,
    tokens,
    ms: Math.round(ms * 10) / 10,
    probabilities,
    neighbours,
    sources: sources?.map(({ chunk }) => chunk) ?? null,
  }
}

function tooManyCrashes({ error }: RowResult): AppError {
  return new AppError(
    'host-crashed',
    `${error?.message ?? ''} It happened on ${String(mostCrashes)} rows in a row, so the run waits. What was measured is kept: resume it, or choose another model.`,
  )
}
