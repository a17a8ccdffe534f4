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
import type { RowResult } from '../../shared/domain/testRun/run.ts'
import type { TestRow } from '../../shared/domain/testRun/testSet.ts'
import type { App } from '../app.ts'
import type { LlmInfo } from '../llm/llm.ts'
import { armsOfPlan } from '../templates/running/armsOfPlan.ts'
import { possibleChoice } from '../templates/running/distinctArms.ts'
import { judgeResults } from '../templates/running/judgeResults.ts'
import { asksModel, runArms } from '../templates/running/runArms.ts'
import type { FoundTemplate } from './findTemplate.ts'

export interface TemplateTest {
  readonly found: FoundTemplate
  readonly rows: readonly TestRow[]
  /** null: only the template as written. */
  readonly arms: readonly LadderArm[] | null
  /** Also test a k-nearest-neighbours vote of the examples, without a model. */
  readonly nearest: boolean
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
  /** null: no arm asked one. */
  readonly model: LlmInfo | null
  /** ISO 8601. */
  readonly startedAt: string
  readonly unjudged: Unjudged
  readonly judged: JudgedRun
  readonly results: readonly RowResult[]
}

/** Time between two progress messages, in milliseconds. */
const tellEveryMs = 2_000

/** Runs the arms on the rows. */
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
  const plan: RunPlan = {
    kind: 'ladder',
    version: number,
    arms: test.arms ?? [ownArm(template)],
    nearest: test.nearest,
    grammarToggled: false,
  }
  const { arms, notRun } = armsOfPlan(plan, templates)
  for (const sentence of notRun) message(sentence)
  // Without a row nothing is asked, and loading a model can take minutes.
  const model = rows.length > 0 && arms.some(asksModel) ? await app.models.ready(signal) : null
  const results = new Map<string, RowResult[]>(arms.map(({ id }) => [id, []]))
  let done = 0
  let toldAt = performance.now()
  await runArms(
    app.templates.running.inBackground,
    {
      arms,
      rows,
      templateOf: () => template,
      isDone: () => false,
      modelFile: model?.file ?? null,
    },
    {
      armStarted: (arm) => message(`${arm}: ${String(rows.length)} rows`),
      add(result) {
        results.get(result.arm)?.push(result)
        done += 1
        if (performance.now() - toldAt < tellEveryMs) return
        toldAt = performance.now()
        message(`${String(done)} of ${String(rows.length * arms.length)}`)
      },
    },
    signal,
  )
  const unjudged = findUnjudged(rows, template.format)
  const judged = await judgeResults({
    plan,
    arms,
    templates,
    rows: rows.length,
    unjudged,
    notRun,
    results,
  })
  return {
    found: test.found,
    all: test.rows.length,
    rows,
    leftOut,
    plan,
    arms,
    notRun,
    templates,
    model,
    startedAt,
    unjudged,
    judged,
    results: [...results.values()].flat(),
  }
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
