import type { Estimate } from '../../../../../shared/domain/statistics/estimate.ts'
import { percent } from '../../../../../shared/domain/testRun/words.ts'
import { classNames } from '../../../ui/classNames.ts'
import './EstimateRange.css'

export interface EstimateRangeProps {
  /** Names the figure for screen readers: "Few-shot, right". */
  readonly label: string
  /** A share, 0 to 1; null if there is nothing to measure. */
  readonly estimate: Estimate | null
  readonly highlighted?: boolean
}

/** Grid lines of the axis, in percent. */
const lines = [0, 25, 50, 75, 100] as const

/** A share as a point on an axis from 0 to 100 %, with its confidence interval as a bar. */
export function EstimateRange({ label, estimate, highlighted = false }: EstimateRangeProps) {
  if (estimate === null) return <span className="faint">nothing to measure</span>
  const { value, low, high } = estimate
  return (
    <svg
      className={classNames('run-range', highlighted && 'is-best')}
      viewBox="0 0 100 30"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: ${rangeWords(estimate)}`}
    >
      {lines.map((at) => (
        <line key={at} className="run-range-line" x1={at} x2={at} y1={0} y2={30} />
      ))}
      <line className="run-range-bar" x1={low * 100} x2={high * 100} y1={20} y2={20} />
      {/* A zero-length line with round caps: a circle would be stretched with the axis. */}
      <line className="run-range-point" x1={value * 100} x2={value * 100} y1={20} y2={20} />
    </svg>
  )
}

/** "81 %, between 70 % and 88 %". */
export function rangeWords({ value, low, high }: Estimate): string {
  return `${percent(value)}, between ${percent(low)} and ${percent(high)}`
}
