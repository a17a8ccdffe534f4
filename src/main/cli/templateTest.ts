import { formatCount, formatDecimal } from '../../shared/domain/localFormat.ts'
import type { Template } from '../../shared/domain/template/template.ts'
import type { ArmFigures } from '../../shared/domain/testRun/figures.ts'
import type { LadderArm, RunPlan } from '../../shared/domain/testRun/arm.ts'
import { flagRows, isIncluded } from '../../shared/domain/testRun/flagRows.ts'
import {
  countNotJudged,
  findLeftOut,
  findUnjudged,
  notJudgedInWords,
  type NotJudged,
} from '../../shared/domain/testRun/notJudged.ts'
import type { RowResult } from '../../shared/domain/testRun/run.ts'
import type { TestRow } from '../../shared/domain/testRun/testSet.ts'
import type { App } from '../app.ts'
import { armsOfPlan } from '../templates/running/armsOfPlan.ts'
import { possibleChoice } from '../templates/running/distinctArms.ts'
import { judgeResults } from '../templates/running/judgeResults.ts'
import { asksModel, runArms } from '../templates/running/runArms.ts'
import type { FoundTemplate } from './findTemplate.ts'
import type { Guarded } from './testGuard.ts'

export interface TemplateTest {
  readonly found: FoundTemplate
  readonly rows: readonly TestRow[]
  /** null: only the template as written. */
  readonly arms: readonly LadderArm[] | null
  /** Also test a k-nearest-neighbours vote of the examples, without a model. */
  readonly nearest: boolean
  /** Also use rows that are too similar to an example. */
  readonly keepSimilar: boolean
  readonly perRow: boolean
}

/** Time between two progress messages, in milliseconds. */
const tellEveryMs = 2_000

/**
 * Runs the arms on the rows.
 *
 * @returns figures per arm and comparisons.
 */
export async function testTemplate(
  app: App,
  test: TemplateTest,
  message: (text: string) => void,
  signal: AbortSignal,
) {
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
    template: test.found.id,
    version,
    model: model === null ? null : { name: model.name, file: model.file },
    rows: rows.length,
    leftOut: test.rows.length - rows.length,
    notJudged: [...leftOut, ...unjudged.rows],
    fieldsNotJudged: unjudged.fields,
    arms: judged.arms,
    withoutModel: arms.filter((arm) => !asksModel(arm)).map(({ id }) => id),
    comparisons: judged.comparisons,
    verdict: judged.verdict.headline,
    details: judged.verdict.details.map(({ sentence }) => sentence),
    ...(test.perRow ? { perRow: perRow(rows, [...results.values()].flat()) } : {}),
  }
}

export type TestOutcome = Awaited<ReturnType<typeof testTemplate>>

/** What a guard needs to know of an outcome. */
export function guardedOf({ rows, notJudged, arms, withoutModel }: TestOutcome): Guarded {
  const asking = Object.entries(arms).flatMap(([id, figures]) =>
    withoutModel.includes(id) ? [] : [figures],
  )
  return { rows, notJudged, asking }
}

/** The outcome as text for the terminal. */
export function asText(outcome: TestOutcome): string {
  const lines = Object.entries(outcome.arms).map(
    ([arm, figures]) => `${arm.padEnd(12)}  ${figuresLine(figures, outcome.notJudged)}`,
  )
  return [
    outcome.verdict,
    '',
    ...lines,
    '',
    ...outcome.comparisons.map(({ sentence }) => sentence),
    ...outcome.details,
    ...notTested(outcome),
  ].join('\n')
}

/** Rows that were left out are in no verdict, since no arm has them. */
function notTested({ leftOut, notJudged }: TestOutcome): readonly string[] {
  return leftOut === 0 ? [] : [`${notJudgedInWords(notJudged)}.`]
}

function figuresLine(
  { n, scored, exactMatch, validFormat, tokens, secondsPerRow }: ArmFigures,
  notJudged: readonly NotJudged[],
): string {
  const range = (one: ArmFigures['exactMatch']): string =>
    one === null
      ? '–'
      : `${formatDecimal(one.value, 2)} [${formatDecimal(one.low, 2)}, ${formatDecimal(one.high, 2)}]`
  const right = Math.round((exactMatch?.value ?? 0) * scored)
  const without = countNotJudged(notJudged)
  const rest = without === 0 ? '' : `, ${formatCount(without)} not judged`
  return `right ${formatCount(right)} of ${formatCount(scored)} judged${rest}: ${range(exactMatch)}  valid ${range(validFormat)}  ${String(n)} rows, ${formatDecimal(tokens.promptPerRow, 0)} tokens and ${formatDecimal(secondsPerRow, 2)} s a row`
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

function perRow(rows: readonly TestRow[], results: readonly RowResult[]) {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return results.map((result) => {
    const { check, score, reply, ...rest } = result
    const row = byId.get(result.row)
    return {
      ...rest,
      input: row?.values ?? {},
      expected: row?.expected ?? null,
      output: reply,
      parseable: check.parseable,
      inDomain: check.inDomain,
      correct: score?.exactMatch ?? null,
      fields: score?.fields ?? {},
      value: check.value,
      problems: check.problems,
    }
  })
}
