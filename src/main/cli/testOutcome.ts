import { formatBytes, formatCount, formatDecimal } from '../../shared/domain/localFormat.ts'
import type { ArmFigures } from '../../shared/domain/testRun/figures.ts'
import {
  countNotJudged,
  notJudgedInWords,
  type NotJudged,
} from '../../shared/domain/testRun/notJudged.ts'
import { speedOf } from '../../shared/domain/testRun/speed.ts'
import { asksModel } from '../templates/running/runArms.ts'
import { measureLines } from './measureLines.ts'
import type { Tested } from './templateTest.ts'
import type { Guarded } from './testGuard.ts'

/** What `template test --json` prints. @param perRow with every answer */
export function outcomeOf(tested: Tested, perRow: boolean) {
  const { found, model, models, rows, all, leftOut, unjudged, judged } = tested
  return {
    template: found.id,
    version: found.version,
    model: model === null ? null : { name: model.name, file: model.file },
    ...(models === null ? {} : { models }),
    names: Object.fromEntries(tested.arms.map(({ id, name }) => [id, name])),
    rows: rows.length,
    leftOut: all - rows.length,
    notJudged: [...leftOut, ...unjudged.rows],
    fieldsNotJudged: unjudged.fields,
    arms: judged.arms,
    withoutModel: tested.arms.filter((arm) => !asksModel(arm)).map(({ id }) => id),
    comparisons: judged.comparisons,
    verdict: judged.verdict.headline,
    details: judged.verdict.details.map(({ sentence }) => sentence),
    ...(perRow ? { perRow: everyRow(tested) } : {}),
  }
}

export type TestOutcome = ReturnType<typeof outcomeOf>

/** What a guard needs to know of an outcome. */
export function guardedOf({ rows, notJudged, arms, withoutModel }: TestOutcome): Guarded {
  const asking = Object.entries(arms).flatMap(([id, figures]) =>
    withoutModel.includes(id) ? [] : [figures],
  )
  return { rows, notJudged, asking }
}

/** The outcome as text for the terminal. */
export function asText(outcome: TestOutcome): string {
  const compared = outcome.models ?? []
  // Arms of a ladder are known by their ids, models and settings by their names.
  const name = (id: string): string => (compared.length > 0 ? (outcome.names[id] ?? id) : id)
  const ids = Object.keys(outcome.arms)
  const width = Math.max(12, ...ids.map((id) => name(id).length))
  const lines = Object.entries(outcome.arms).map(
    ([id, figures]) => `${name(id).padEnd(width)}  ${figuresLine(figures, outcome.notJudged)}`,
  )
  return [
    outcome.verdict,
    '',
    ...lines,
    ...measureLines(outcome.arms),
    ...compared.map(
      ({ name, memoryBytes }) => `${name}: about ${formatBytes(memoryBytes)} of memory`,
    ),
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

function figuresLine(figures: ArmFigures, notJudged: readonly NotJudged[]): string {
  const { n, scored, noPassage = 0, exactMatch, validFormat, tokens, secondsPerRow } = figures
  const pace = speedOf(figures)
  const speed =
    pace === null ? '' : `, ${formatDecimal(pace.tokensPerSecond, 1)} tokens written a second`
  const range = (one: ArmFigures['exactMatch']): string =>
    one === null
      ? '–'
      : `${formatDecimal(one.value, 2)} [${formatDecimal(one.low, 2)}, ${formatDecimal(one.high, 2)}]`
  const right = Math.round((exactMatch?.value ?? 0) * scored)
  const without = countNotJudged(notJudged)
  const rest = [
    without === 0 ? '' : `, ${formatCount(without)} not judged`,
    noPassage === 0 ? '' : `, ${formatCount(noPassage)} without a passage`,
  ].join('')
  return `right ${formatCount(right)} of ${formatCount(scored)} judged${rest}: ${range(exactMatch)}  valid ${range(validFormat)}  ${String(n)} rows, ${formatDecimal(tokens.promptPerRow, 0)} tokens and ${formatDecimal(secondsPerRow, 2)} s a row${speed}`
}

function everyRow({ rows, results }: Tested) {
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
