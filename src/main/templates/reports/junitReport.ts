import { shortened } from '../../../shared/domain/shortened.ts'
import { judgementReasons } from '../../../shared/domain/template/judgementReasons.ts'
import type { Arm } from '../../../shared/domain/testRun/arm.ts'
import type { RowResult } from '../../../shared/domain/testRun/run.ts'
import { asCell } from './answerTable.ts'
import { markupAttribute, markupText } from './markup.ts'
import { outcomeOf, templateName, type Guard, type Report } from './report.ts'
import { problemInWords } from '../../../shared/domain/template/replyPlace.ts'

interface Case {
  readonly name: string
  readonly seconds: number
  /** null: passed. */
  readonly problem: Problem | null
}

interface Problem {
  readonly kind: 'failure' | 'error' | 'skipped'
  readonly message: string
  readonly text: string
}

/**
 * The run as JUnit's XML, which build servers read: a suite an arm with a case a row, and a suite of
 * what was demanded. A row that isn't right is a failure, one that can't be judged an error, or
 * skipped where that was accepted.
 */
export function junitReport(report: Report): string {
  const { record, results, guards } = report
  const name = templateName(report)
  const suites = record.arms.map((arm) => ({
    name: arm.name,
    cases: results.filter((result) => result.arm === arm.id).map((one) => caseOf(report, one)),
  }))
  const all = [...suites, ...(guards.length === 0 ? [] : [guardSuite(guards)])]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${markupAttribute(name)}" ${counts(all.flatMap(({ cases }) => cases))}>`,
    ...all.flatMap((suite) => suiteLines(suite, name, record.startedAt)),
    '</testsuites>',
    '',
  ].join('\n')
}

interface Suite {
  readonly name: Arm['name']
  readonly cases: readonly Case[]
}

function guardSuite(guards: readonly Guard[]): Suite {
  return {
    name: 'Guard',
    cases: guards.map(({ name, problem }) => ({
      name,
      seconds: 0,
      problem: problem === null ? null : { kind: 'failure', message: problem, text: '' },
    })),
  }
}

function suiteLines({ name, cases }: Suite, template: string, startedAt: string): string[] {
  const suite = markupAttribute(name)
  const place = `classname="${markupAttribute(`${template}.${name}`)}"`
  return [
    `  <testsuite name="${suite}" timestamp="${markupAttribute(startedAt)}" ${counts(cases)}>`,
    ...cases.map((one) => caseLine(one, place)),
    '  </testsuite>',
  ]
}

function caseLine({ name, seconds, problem }: Case, place: string): string {
  const head = `    <testcase ${place} name="${markupAttribute(name)}" time="${asSeconds(seconds)}"`
  if (problem === null) return `${head}/>`
  const { kind, message, text } = problem
  return `${head}><${kind} message="${markupAttribute(message)}">${markupText(text)}</${kind}></testcase>`
}

function counts(cases: readonly Case[]): string {
  const of = (kind: Problem['kind']): string =>
    String(cases.filter(({ problem }) => problem?.kind === kind).length)
  const time = asSeconds(cases.reduce((sum, { seconds }) => sum + seconds, 0))
  return `tests="${String(cases.length)}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}" time="${time}"`
}

function asSeconds(seconds: number): string {
  return seconds.toFixed(3)
}

function caseOf(report: Report, result: RowResult): Case {
  const values = Object.values(report.rows.get(result.row)?.values ?? {}).join(' ')
  const input = shortened(values.replace(/\s+/gu, ' ').trim())
  return {
    name: input === '' ? `Row ${result.row}` : `Row ${result.row}: ${input}`,
    seconds: result.ms / 1_000,
    problem: problemOf(report, result),
  }
}

function problemOf({ rows, allowUnjudged }: Report, result: RowResult): Problem | null {
  const { reply, error, check, score, notJudged } = result
  switch (outcomeOf(result)) {
    case 'right':
      return null
    case 'not-judged': {
      const kind = allowUnjudged ? 'skipped' : 'error'
      const message =
        notJudged ?? 'Not judged: there is no expected answer in the template’s format.'
      return { kind, message, text: error?.message ?? reply }
    }
    case 'wrong': {
      const expected = asCell(rows.get(result.row)?.expected ?? null)
      const was = error === null ? `given: ${shortened(reply)}` : error.message
      return {
        kind: 'failure',
        message: `Expected: ${shortened(expected)}; ${was}`,
        text: [
          `Expected: ${expected}`,
          error === null ? `Given: ${reply}` : error.message,
          ...check.problems.map(problemInWords),
          ...judgementReasons(score).flatMap(({ correct, sentence }) =>
            correct ? [] : [sentence],
          ),
        ].join('\n'),
      }
    }
  }
}
