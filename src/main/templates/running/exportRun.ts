import papaparse from 'papaparse'
import { answerField } from '../../../shared/domain/template/expected.ts'
import type { RowResult, RunRecord } from '../../../shared/domain/testRun/run.ts'
import type { OpenRun } from './openRun.ts'

/** Exports a run: as JSON with everything, or as CSV with a line per answer. */
export async function exportRun(
  record: RunRecord,
  run: OpenRun,
  kind: 'json' | 'csv',
): Promise<{ readonly name: string; readonly text: string }> {
  const name = `${record.template}-${record.id}.${kind}`
  const results: RowResult[] = []
  for (const { id } of record.arms) results.push(...(await run.resultsOf(id)))
  if (kind === 'json') {
    const whole = {
      record,
      templates: Object.fromEntries(run.templates),
      rows: [...run.rows.values()],
      ...(await run.judge()),
      results,
    }
    return { name, text: `${JSON.stringify(whole, null, 2)}\n` }
  }
  const fields = [...new Set(results.flatMap(({ score }) => Object.keys(score?.fields ?? {})))]
  const lines = results.map((result) => {
    const row = run.rows.get(result.row)
    const { check, score, tokens } = result
    return {
      arm: result.arm,
      row: result.row,
      ...row?.values,
      expected: asCell(row?.expected ?? null),
      output: result.reply,
      valid: check.parseable && check.repairs.length === 0,
      parseable: check.parseable,
      inDomain: check.inDomain,
      correct: score?.exactMatch ?? '',
      ...fieldCells(result, fields),
      error: result.error?.message ?? '',
      promptTokens: tokens.prompt,
      outputTokens: tokens.generated,
      seconds: result.ms / 1_000,
    }
  })
  const text = papaparse.unparse(lines, { newline: '\n', escapeFormulae: formula })
  // Excel takes a file for UTF-8 only with this mark.
  return { name, text: `\uFEFF${text}\n` }
}

/** What a spreadsheet would compute, unless it is a number. An apostrophe makes it text. */
const formula = /^(?:[=@\t\r]|[+-](?!\d*[.,]?\d+$))/u

/** What was given in each field that is judged, and whether it is right; not for the one answer. */
function fieldCells(
  { check, score }: RowResult,
  fields: readonly string[],
): Readonly<Record<string, string | boolean>> {
  const given = check.value ?? check.partial
  return Object.fromEntries(
    fields
      .filter((name) => name !== answerField)
      .flatMap((name): [string, string | boolean][] => {
        const has = given !== null && typeof given === 'object' && Object.hasOwn(given, name)
        return [
          [`given ${name}`, has ? asCell(given[name] ?? null) : ''],
          [`right ${name}`, score?.fields[name]?.correct ?? ''],
        ]
      }),
  )
}

function asCell(value: unknown): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
