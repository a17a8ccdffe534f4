import type { DecodingChange } from '../../shared/domain/template/decoding.ts'
import type { Template } from '../../shared/domain/template/template.ts'
import type { Arm, LadderArm, RunPlan } from '../../shared/domain/testRun/arm.ts'
import type { JudgedRun } from '../../shared/domain/testRun/figures.ts'
import { flagRows, isIncluded } from '../../shared/domain/testRun/flagRows.ts'
import {
  findLeftOut,
  findUnjudged,
  type NotJudged,
  type Unjudged,
} from '../../shared/domain/testRun/notJudged.ts'
import type { RowResult, TestedModel } from '../../shared/domain/testRun/run.ts'
import type { TestRow } from '../../shared/domain/testRun/testSet.ts'
import { AppError } from '../../shared/errors.ts'
import type { App } from '../app.ts'
import type { LlmInfo } from '../llm/llm.ts'
import { armsOfPlan } from '../templates/running/armsOfPlan.ts'
import { possibleChoice } from '../templates/running/distinctArms.ts'
import { judgeResults } from '../templates/running/judgeResults.ts'
import { asksModel, runArms, type ArmsSink } from '../templates/running/runArms.ts'
import { settleArms } from '../templates/running/settleArms.ts'
import { testedModels } from '../templates/running/testedModels.ts'
import type { Stopped } from './incompleteReport.ts'
import type { FoundTemplate } from './findTemplate.ts'

export interface TemplateTest {
  readonly found: FoundTemplate
  readonly rows: readonly TestRow[]
  /** null: only the template as written. */
  readonly arms: readonly LadderArm[] | null
  /** Also test a k-nearest-neighbours vote of the examples, without a model. */
  readonly nearest: boolean
  /** Files of models and settings to compare, instead of arms; null: one model, one setting. */
  readonly compared: {
    /** Empty: the chosen one. */
    readonly models: readonly string[]
    readonly settings: readonly DecodingChange[]
  } | null
  /** Also use rows that are too similar to an example. */
  readonly keepSimilar: boolean
}

/** A test that has ended, and what came of it. */
export interface Tested {
  readonly found: FoundTemplate
  /** Rows of the file. */
  readonly all: number
  /** Of these: those that were tested. */
  readonly rows: readonly TestRow[]
  readonly leftOut: readonly NotJudged[]
  readonly plan: RunPlan
  readonly arms: readonly Arm[]
  readonly notRun: readonly string[]
  readonly templates: ReadonlyMap<number, Template>
  /** null: no arm asked one, or `models` did. */
  readonly model: LlmInfo | null
  /** null unless models or settings were compared. */
  readonly models: readonly TestedModel[] | null
  /** ISO 8601. */
  readonly startedAt: string
  readonly unjudged: Unjudged
  readonly judged: JudgedRun
  readonly results: readonly RowResult[]
  /** null: every row of every arm was answered. */
  readonly stopped: Stopped | null
}

/** Time between two progress messages, in milliseconds. */
const tellEveryMs = 2_000

/**
 * Runs the arms on the rows. What stops it after the first answer is in the result, with what came of it
 * until then.
 *
 * @throws what stops it before.
 */
export async function testTemplate(
  app: App,
  test: TemplateTest,
  message: (text: string) => void,
  signal: AbortSignal,
): Promise<Tested> {
  const startedAt = new Date().toISOString()
  const { template, version } = test.found
  const { rows, leftOut } = included(test, template, message)
  const number = version ?? 1
  const templates = new Map([[number, template]])
  const planned = await planOf(app, test, number, signal)
  const { plan, models } = planned
  const { arms, notRun } = await settleArms(
    armsOfPlan(plan, templates, models ?? []),
    () => template,
    app.templates.running.inBackground.vectors,
    signal,
  )
  const unrun = [...planned.notRun, ...notRun]
  for (const sentence of unrun) message(sentence)
  // Without a row nothing is asked, and loading a model can take minutes.
  const asks = models === null && rows.length > 0 && arms.some(asksModel)
  const model = asks ? await app.models.ready(signal) : null
  const asked = { plan, arms, rows, template, model, models: models ?? [] }
  const { results, stopped } = await answerRows(app, asked, message, signal)
  const unjudged = findUnjudged(rows, template.format)
  const judged = await judgeResults({
    plan,
    arms,
    templates,
    rows: rows.length,
    unjudged,
    notRun: unrun,
    results,
  })
  return {
    found: test.found,
    all: test.rows.length,
    rows,
    leftOut,
    plan,
    arms,
    notRun: unrun,
    templates,
    model,
    models,
    startedAt,
    unjudged,
    judged,
    results: [...results.values()].flat(),
    stopped,
  }
}

interface Asked extends Pick<Tested, 'plan' | 'arms' | 'rows' | 'model'> {
  readonly template: Template
  readonly models: readonly TestedModel[]
}

/** Answers the rows, arm by arm, and says from time to time how far it is. */
async function answerRows(
  app: App,
  { plan, arms, rows, template, model, models }: Asked,
  message: (text: string) => void,
  signal: AbortSignal,
): Promise<{
  readonly results: ReadonlyMap<string, readonly RowResult[]>
  readonly stopped: Stopped | null
}> {
  const results = new Map<string, RowResult[]>(arms.map(({ id }) => [id, []]))
  const wanted = rows.length * arms.length
  let done = 0
  let toldAt = performance.now()
  const sink: ArmsSink = {
    armStarted(id) {
      const name = plan.kind === 'models' ? arms.find((arm) => arm.id === id)?.name : undefined
      message(`${name ?? id}: ${String(rows.length)} rows`)
    },
    add(result) {
      results.get(result.arm)?.push(result)
      done += 1
      if (performance.now() - toldAt < tellEveryMs) return
      toldAt = performance.now()
      message(`${String(done)} of ${String(wanted)}`)
    },
  }
  const modelFile = model?.file ?? null
  const work = { arms, rows, templateOf: () => template, isDone: () => false, modelFile, models }
  try {
    await runArms(app.templates.running.inBackground, work, sink, signal)
    return { results, stopped: null }
  } catch (error) {
    if (done === 0) throw error
    return { results, stopped: { error, answered: done, wanted } }
  }
}

interface Planned {
  readonly plan: RunPlan
  readonly models: readonly TestedModel[] | null
  readonly notRun: readonly string[]
}

async function planOf(
  app: App,
  { found, arms, nearest, compared }: TemplateTest,
  version: number,
  signal: AbortSignal,
): Promise<Planned> {
  if (compared === null) {
    const plan: RunPlan = {
      kind: 'ladder',
      version,
      arms: arms ?? [ownArm(found.template)],
      nearest,
      grammarToggled: false,
    }
    return { plan, models: null, notRun: [] }
  }
  const files = compared.models.length > 0 ? compared.models : [await chosenFile(app, signal)]
  const { models, notRun } = await testedModels(files, app.templates.hashes, signal)
  const plan: RunPlan = {
    kind: 'models',
    version,
    models: models.map(({ file }) => file),
    settings: compared.settings.length > 0 ? compared.settings : [{}],
  }
  return { plan, models, notRun }
}

async function chosenFile(app: App, signal: AbortSignal): Promise<string> {
  const info = await app.models.ready(signal)
  if (info !== null) return info.file
  throw new AppError(
    'model-missing',
    'There is no language model to answer with. Name one with --model.',
  )
}

function included(
  { rows, keepSimilar }: TemplateTest,
  template: Template,
  message: (text: string) => void,
): { readonly rows: readonly TestRow[]; readonly leftOut: readonly NotJudged[] } {
  const flags = flagRows(rows, template)
  const doubtful = rows.flatMap(({ id }) =>
    (flags.get(id) ?? []).map((flag) => `Row ${id}: ${flag.message}`),
  )
  for (const sentence of doubtful.slice(0, 20)) message(sentence)
  if (doubtful.length > 20) message(`… and ${String(doubtful.length - 20)} more.`)
  if (keepSimilar) return { rows, leftOut: [] }
  return {
    rows: rows.filter((row) => isIncluded(row, flags.get(row.id))),
    leftOut: findLeftOut(rows, flags),
  }
}

/** The arm of the ladder that a template corresponds to as written. */
function ownArm(template: Template): LadderArm {
  const examples = possibleChoice(template, template.choice).kind !== 'none'
  if (template.sources.retrieve) return examples ? 'both' : 'retrieval'
  return examples ? 'few-shot' : 'zero-shot'
}
