import { Progress } from 'radix-ui'
import { classNames } from './classNames.ts'
import './ProgressBar.css'

export interface ProgressBarProps {
  /** Accessible name: what is in progress. */
  readonly label: string
  /** 0 to 1; null for an indeterminate bar. */
  readonly fraction: number | null
  /** For placement only, not for its look. */
  readonly className?: string | undefined
}

export function ProgressBar({ label, fraction, className }: ProgressBarProps) {
  const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 100)
  return (
    <Progress.Root
      className={classNames('pk-progress', className)}
      value={percent}
      aria-label={label}
    >
      <Progress.Indicator
        className="pk-progress-bar"
        style={percent === null ? undefined : { width: `${String(percent)}%` }}
      />
    </Progress.Root>
  )
}
