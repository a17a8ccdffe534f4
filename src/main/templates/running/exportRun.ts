import papaparse from 'papaparse'
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
      error: result.error?.message ?? '',
      promptTokens: tokens.prompt,
      outputTokens: tokens.generated,
      seconds: result.ms / 1_000,
    }
  })
  return { name, text: `${papaparse.unparse(lines, { newline: '\n' })}\n` }
}

function asCell(value: unknown): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
