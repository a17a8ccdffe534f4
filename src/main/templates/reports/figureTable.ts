import type { Estimate } from '../../../shared/domain/statistics/estimate.ts'
import type { ArmFigures } from '../../../shared/domain/testRun/figures.ts'
import { modelOfArm } from '../../../shared/domain/testRun/run.ts'
import { speedOf } from '../../../shared/domain/testRun/speed.ts'
import type { Report } from './report.ts'
import type { Cell } from './answerTable.ts'

const columns = [
  'arm',
  'name',
  'rows',
  'judged',
  'failed',
  ...['right', 'valid', 'parseable', 'inDomain', 'macroF1'].flatMap((name) => [
    name,
    `${name} low`,
    `${name} high`,
  ]),
  'promptTokens a row',
  'outputTokens',
  'seconds a row',
  'rows a minute',
  'tokens a second',
  'memoryBytes',
]

/** The figures of each arm as a table; shares from 0 to 1 with the ends of their 95 % intervals. */
export function figureTable({ record, judged }: Pick<Report, 'record' | 'judged'>): {
  readonly columns: readonly string[]
  readonly lines: readonly (readonly Cell[])[]
} {
  const lines = record.arms.flatMap((arm) => {
    const { id, name } = arm
    const figures = judged.arms[id]
    const memory = modelOfArm(record, arm)?.memoryBytes ?? ''
    return figures === undefined ? [] : [[id, name, ...cellsOf(figures), memory]]
  })
  return { columns, lines }
}

function cellsOf(figures: ArmFigures): readonly Cell[] {
  const { n, scored, failed, tokens, secondsPerRow } = figures
  const speed = speedOf(figures)
  const { exactMatch, validFormat, parseable, inDomain, macroF1 } = figures
  return [
    n,
    scored,
    failed,
    ...[exactMatch, validFormat, parseable, inDomain, macroF1].flatMap(ends),
    tokens.promptPerRow,
    tokens.generated,
    secondsPerRow,
    speed?.rowsPerMinute ?? '',
    speed?.tokensPerSecond ?? '',
  ]
}

function ends(one: Estimate | null): readonly Cell[] {
  return one === null ? ['', '', ''] : [one.value, one.low, one.high]
}
