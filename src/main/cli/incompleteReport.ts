import { formatCount } from '../../shared/domain/localFormat.ts'
import { checkReply } from '../../shared/domain/template/checkReply.ts'
import type { Arm } from '../../shared/domain/testRun/arm.ts'
import type { RowResult } from '../../shared/domain/testRun/run.ts'
import { isCancelled, toWire } from '../../shared/errors.ts'
import type { Guard, Report } from '../templates/reports/report.ts'

/** Why a test ended before its last answer, and with how many of them. */
export interface Stopped {
  readonly error: unknown
  readonly answered: number
  readonly wanted: number
}

/** What is never met by a test that was stopped. */
export function incompleteGuard({ error, answered, wanted }: Stopped): Guard {
  const why = isCancelled(error) ? 'The run was interrupted.' : toWire(error).message
  return {
    name: 'Every row is answered',
    problem: `Incomplete: ${formatCount(answered)} of ${formatCount(wanted)} answers. ${why}`,
  }
}

/** The report of a test that was stopped: the rows without an answer are in it, and say so. */
export function incompleteReport(report: Report, stopped: Stopped): Report {
  const { record, results } = report
  const known = new Set(results.map(({ arm, row }) => JSON.stringify([arm, row])))
  const missing = record.arms.flatMap((arm) =>
    record.rows.flatMap((row) =>
      known.has(JSON.stringify([arm.id, row])) ? [] : [unanswered(report, arm, row)],
    ),
  )
  return {
    ...report,
    results: [...results, ...missing],
    guards: [incompleteGuard(stopped), ...report.guards],
  }
}

const notAnswered = 'Not answered: the run ended before.'

function unanswered({ templates }: Report, { id, version }: Arm, row: string): RowResult {
  const format = templates.get(version)?.format ?? { kind: 'text' }
  return {
    arm: id,
    row,
    reply: '',
    check: checkReply(format, ''),
    score: null,
    notJudged: notAnswered,
    stop: 'failed',
    error: { code: 'cancelled', message: notAnswered },
    tokens: { prompt: 0, reused: 0, generated: 0 },
    ms: 0,
    probabilities: null,
    neighbours: null,
    sources: null,
  }
}
