import type { OutputFormat } from '../template/outputFormat.ts'
import { wilson } from '../statistics/wilson.ts'
import { atOnce, type Steps } from '../steps.ts'
import { fieldFigureSteps } from './fieldFigures.ts'
import type { ArmFigures } from './figures.ts'
import type { Estimate } from '../statistics/estimate.ts'
import type { RowResult } from './run.ts'

/**
 * The figures of one arm. Shares have Wilson's interval, means of F1 one by bootstrap over rows;
 * with 10,000 rows it is the bootstrap that takes the time.
 * @param format of the version that was run
 * @param results one per row
 */
export function computeFigures(format: OutputFormat, results: readonly RowResult[]): ArmFigures {
  return atOnce(figureSteps(format, results))
}

/** The same in steps of one bootstrap draw each, for callers that let other work run in between. */
export function* figureSteps(
  format: OutputFormat,
  results: readonly RowResult[],
): Steps<ArmFigures> {
  const answered = results.filter(({ error }) => error === null)
  const scores = results.flatMap(({ score }) => score ?? [])
  const { fields, macroF1 } = yield* fieldFigureSteps(format, scores)
  const confusions = Object.values(fields).flatMap(({ confusion }) => confusion ?? [])
  return {
    n: results.length,
    scored: scores.length,
    failed: results.length - answered.length,
    cutOff: answered.filter(({ stop }) => stop === 'length').length,
    noPassage: results.filter(({ notJudged }) => notJudged !== undefined).length,
    unreadable: results.filter(({ check, score }) => score !== null && !check.inDomain).length,
    validFormat: share(answered, ({ check }) => check.parseable && check.repairs.length === 0),
    parseable: share(answered, ({ check }) => check.parseable),
    inDomain: share(answered, ({ check }) => check.inDomain),
    exactMatch: share(scores, ({ exactMatch }) => exactMatch),
    fields,
    macroF1,
    confusion: confusions.length === 1 ? (confusions[0] ?? null) : null,
    repairs: repairsOf(answered),
    tokens: tokensOf(answered),
    secondsPerRow: total(answered, ({ ms }) => ms) / 1_000 / Math.max(1, answered.length),
  }
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): Estimate | null {
  return wilson(items.filter(holds).length, items.length)
}

function total(results: readonly RowResult[], of: (result: RowResult) => number): number {
  return results.reduce((sum, result) => sum + of(result), 0)
}

function repairsOf(results: readonly RowResult[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { check } of results) {
    for (const repair of check.repairs) counts[repair] = (counts[repair] ?? 0) + 1
  }
  return counts
}

function tokensOf(results: readonly RowResult[]): ArmFigures['tokens'] {
  const prompt = total(results, ({ tokens }) => tokens.prompt)
  const reused = total(results, ({ tokens }) => tokens.reused)
  return {
    prompt,
    reused,
    evaluated: prompt - reused,
    generated: total(results, ({ tokens }) => tokens.generated),
    promptPerRow: prompt / Math.max(1, results.length),
  }
}
