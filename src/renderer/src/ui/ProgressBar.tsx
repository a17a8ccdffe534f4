import { Progress } from 'radix-ui'
import { classNames } from './classNames.ts'
import './ProgressBar.css'

export interface ProgressBarProps {
  /** What is under way. */
  readonly label: string
  /** 0 to 1; null while nothing can be said. */
  readonly fraction: number | null
  /** Where it is placed; never how it looks. */
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
