import type { Estimate } from '../../../../../shared/domain/statistics/estimate.ts'
import { percent } from '../../../../../shared/domain/testRun/words.ts'
import { EstimateRange } from './EstimateRange.tsx'
import './SmallEstimate.css'

/** A figure with its name, value and interval, which opens its rows. */
export function SmallEstimate({
  name,
  hint,
  estimate,
  onOpen,
}: {
  readonly name: string
  /** The technical term, and how it is measured. */
  readonly hint: string
  readonly estimate: Estimate | null
  /** Shows the rows that it counts. */
  readonly onOpen?: (() => void) | undefined
}) {
  const body = (
    <>
      <span className="run-figure-name">{name}</span>
      <span className="run-figure-value num">
        {estimate === null ? '–' : percent(estimate.value)}
      </span>
      <EstimateRange label={name} estimate={estimate} />
    </>
  )
  return onOpen === undefined ? (
    <div className="run-figure" title={hint}>
      {body}
    </div>
  ) : (
    <button type="button" className="run-figure" title={hint} onClick={onOpen}>
      {body}
    </button>
  )
}
