import { useEffect, useState } from 'react'
import type { Estimate } from '../../../../../shared/domain/statistics/estimate.ts'
import type { RunSummary } from '../../../../../shared/domain/testRun/run.ts'
import { toWire } from '../../../../../shared/errors.ts'
import { testSetInWords } from '../../../../../shared/domain/testRun/testSet.ts'
import type { Api } from '../../../api/api.ts'
import { plural } from '../../../ui/format.ts'
import './Comparison.css'
import './VersionResults.css'

/** The results of a version in the last complete run. */
interface Measured {
  readonly version: number
  readonly run: string
  readonly arm: string
  readonly testSet: string
  readonly rows: number
  readonly right: Estimate | null
  readonly validFormat: Estimate | null
}

export interface VersionResultsProps {
  readonly api: Pick<Api, 'testRuns'>
  readonly template: string
  readonly from: number
  readonly to: number | null
}

/** The results of both versions, if any. */
export function VersionResults(props: VersionResultsProps) {
  const { from, to } = props
  const { measured, compared, problem } = useMeasured(props)
  if (problem !== null) return <p className="tpl-compare-note">{problem}</p>
  if (measured === null) return null
  const of = (version: number | null): Measured | undefined =>
    measured.find((one) => one.version === version)
  if (measured.length === 0) {
    return <p className="tpl-compare-note">Neither has been tested yet.</p>
  }
  return (
    <>
      <div className="tpl-measured">
        <MeasuredView measured={of(from)} />
        <MeasuredView measured={of(to)} />
      </div>
      {compared?.map((sentence) => (
        <p key={sentence} className="tpl-compare-note">
          {sentence}
        </p>
      ))}
    </>
  )
}

function MeasuredView({ measured }: { readonly measured: Measured | undefined }) {
  if (measured === undefined) return <p className="dim">Not tested.</p>
  const { right, validFormat, rows, testSet } = measured
  return (
    <p className="num">
      <strong>{right === null ? 'nothing expected' : `${percent(right)} right`}</strong>
      {validFormat !== null && `, ${percent(validFormat)} valid format`}
      <span className="dim">
        {' '}
        on {plural(rows, 'row')} of {testSet}
      </span>
    </p>
  )
}

function useMeasured({ api, template, from, to }: VersionResultsProps) {
  const { testRuns } = api
  const [state, setState] = useState<{
    readonly measured: readonly Measured[] | null
    readonly compared: readonly string[] | null
    readonly problem: string | null
  }>({ measured: null, compared: null, problem: null })
  useEffect(() => {
    let wanted = true
    measure(testRuns, template, to === null || to === from ? [from] : [from, to])
      .then(async (measured) => ({ measured, compared: await compare(testRuns, measured) }))
      .then(
        (found) => wanted && setState({ ...found, problem: null }),
        (error: unknown) =>
          wanted && setState({ measured: null, compared: null, problem: toWire(error).message }),
      )
    return () => {
      wanted = false
    }
  }, [testRuns, template, from, to])
  return state
}

async function measure(
  testRuns: Api['testRuns'],
  template: string,
  versions: readonly number[],
): Promise<readonly Measured[]> {
  const runs = await testRuns.list({ template })
  const newest = [...runs]
    .filter(({ status, record }) => status === 'done' && record.plan.kind === 'test')
    .sort((left, right) => right.record.startedAt.localeCompare(left.record.startedAt))
  const found = await Promise.all(
    versions.map(async (version) => {
      const run = newest.find(({ record }) => armOf(record, version) !== undefined)
      return run === undefined ? null : figuresOf(testRuns, run, version)
    }),
  )
  return found.filter((one) => one !== null)
}

/**
 * Tests the difference on the rows that both answered, and on those of each tag; null if there are
 * none.
 */
async function compare(
  testRuns: Api['testRuns'],
  [a, b]: readonly Measured[],
): Promise<readonly string[] | null> {
  if (a === undefined || b === undefined) return null
  try {
    const { sentence, tags } = await testRuns.compare({ a, b })
    return [sentence, ...tags.map(({ tag, comparison }) => `${tag}: ${comparison.sentence}`)]
  } catch (error) {
    // Tested on different rows, so they can't be compared.
    if (toWire(error).code === 'invalid-input') return null
    throw error
  }
}

async function figuresOf(
  testRuns: Api['testRuns'],
  { record }: RunSummary,
  version: number,
): Promise<Measured | null> {
  const { arms } = await testRuns.figures({ id: record.id })
  const id = armOf(record, version)?.id ?? ''
  const arm = arms[id]
  if (arm === undefined) return null
  return {
    version,
    run: record.id,
    arm: id,
    testSet: testSetInWords(record.testSet),
    rows: arm.n,
    right: arm.exactMatch,
    validFormat: arm.validFormat,
  }
}

function armOf(record: RunSummary['record'], version: number) {
  return record.arms.find((arm) => arm.version === version)
}

function percent({ value, low, high }: Estimate): string {
  const round = (share: number): string => String(Math.round(share * 100))
  return `${round(value)} % (${round(low)}–${round(high)})`
}
