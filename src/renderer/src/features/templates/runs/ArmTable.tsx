import type { Arm } from '../../../../../shared/domain/testRun/arm.ts'
import type { ArmFigures } from '../../../../../shared/domain/testRun/figures.ts'
import { modelOfArm, type TestedModel } from '../../../../../shared/domain/testRun/run.ts'
import { speedOf } from '../../../../../shared/domain/testRun/speed.ts'
import { percent, seconds } from '../../../../../shared/domain/testRun/words.ts'
import { classNames } from '../../../ui/classNames.ts'
import { formatBytes, formatCount, formatDecimal, plural } from '../../../ui/format.ts'
import { EstimateRange } from './EstimateRange.tsx'
import './ArmTable.css'

export interface ArmTableProps {
  readonly arms: readonly Arm[]
  readonly figures: Readonly<Record<string, ArmFigures>>
  /** Id of the recommended arm. */
  readonly best: string | null
  /** Numbers of examples and passages; null if the arms don't differ in these. */
  readonly counts: { readonly examples: number; readonly passages: number } | null
  readonly heading?: string
  /** Of a run that compares models: their speed and memory are beside. */
  readonly models?: readonly TestedModel[] | undefined
}

const paces = ['Rows a minute', 'Tokens a second', 'Memory'] as const

function pacesOf(figures: ArmFigures | null, model: TestedModel | null): readonly string[] {
  const speed = figures === null ? null : speedOf(figures)
  return [
    speed === null ? '–' : formatCount(Math.round(speed.rowsPerMinute)),
    speed === null ? '–' : formatDecimal(speed.tokensPerSecond, 1),
    model === null ? '–' : formatBytes(model.memoryBytes),
  ]
}

/** The arms as rows, with their intervals on one axis and their costs. */
export function ArmTable(props: ArmTableProps) {
  const { arms, figures, best, counts, heading = 'Arm', models } = props
  const ends = [
    'Valid format',
    'Tokens a row',
    'Time a row',
    ...(models === undefined ? [] : paces),
  ]
  return (
    <table className="run-arms" aria-label={`${heading}s`}>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col">All right, with the 95 % interval</th>
          {ends.map((name) => (
            <th key={name} scope="col" className="is-end">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {arms.map((arm) => (
          <ArmRow
            key={arm.id}
            arm={arm}
            figures={figures[arm.id]}
            isBest={arm.id === best}
            detail={counts === null ? '' : detailOf(arm, counts)}
            models={models}
          />
        ))}
      </tbody>
      <tfoot aria-hidden>
        <tr>
          <td />
          <td>
            <span className="run-axis">
              {['0 %', '25 %', '50 %', '75 %', '100 %'].map((mark) => (
                <span key={mark}>{mark}</span>
              ))}
            </span>
          </td>
          <td colSpan={ends.length} />
        </tr>
      </tfoot>
    </table>
  )
}

function ArmRow({
  arm,
  figures,
  isBest,
  detail,
  models,
}: {
  readonly arm: Arm
  readonly figures: ArmFigures | undefined
  readonly isBest: boolean
  readonly detail: string
  readonly models: ArmTableProps['models']
}) {
  const measured = figures !== undefined && figures.n > 0 ? figures : null
  const right = measured?.exactMatch ?? null
  return (
    <tr className={classNames(isBest && 'is-best')}>
      <th scope="row">
        {arm.name}
        <span>
          {detail}
          {isBest && (detail === '' ? 'to use' : ' · to use')}
        </span>
      </th>
      <td>
        {right !== null && (
          <span className="run-range-value num" style={{ left: `${String(right.value * 100)}%` }}>
            {percent(right.value)}
          </span>
        )}
        {measured === null ? (
          <span className="faint">not yet</span>
        ) : (
          <EstimateRange label={`${arm.name}, right`} estimate={right} highlighted={isBest} />
        )}
      </td>
      <td className="is-end num">
        {measured?.validFormat == null ? '–' : percent(measured.validFormat.value)}
      </td>
      <td className="is-end num">
        {measured === null ? '–' : formatCount(Math.round(measured.tokens.promptPerRow))}
      </td>
      <td className="is-end num">{measured === null ? '–' : seconds(measured.secondsPerRow)}</td>
      {models !== undefined &&
        pacesOf(measured, modelOfArm({ models }, arm)).map((text, index) => (
          <td key={paces[index]} className="is-end num">
            {text}
          </td>
        ))}
    </tr>
  )
}

function detailOf(
  { method, examples, sources, grammar }: Arm,
  counts: NonNullable<ArmTableProps['counts']>,
): string {
  if (method === 'nearest-neighbours') return 'no language model'
  const parts = [
    ...(examples.kind === 'none' ? [] : [examplesWords(examples, counts.examples)]),
    ...(sources ? [`up to ${plural(counts.passages, 'passage')}`] : []),
  ]
  const what = parts.length === 0 ? 'the instruction alone' : parts.join(', ')
  return grammar ? what : `${what}, format not forced`
}

function examplesWords(choice: Arm['examples'], all: number): string {
  switch (choice.kind) {
    case 'none':
      return 'no examples'
    case 'all':
      return plural(all, 'example')
    case 'ids':
      return plural(choice.ids.length, 'example')
    case 'random':
      return `${plural(choice.count, 'example')} drawn at random`
    case 'varied':
      return plural(choice.count, 'varied example')
    case 'shuffled':
      return `${plural(all, 'example')} in another order`
    case 'nearest':
      return `the ${plural(choice.count, 'nearest example')}`
  }
}
