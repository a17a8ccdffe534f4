import { Progress } from 'radix-ui'
import './ProgressBar.css'

export interface ProgressBarProps {
  /** What is under way. */
  readonly label: string
  /** 0 to 1; null while nothing can be said. */
  readonly fraction: number | null
}

export function ProgressBar({ label, fraction }: ProgressBarProps) {
  const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 100)
  return (
    <Progress.Root className="pk-progress" value={percent} aria-label={label}>
      <Progress.Indicator
        className="pk-progress-bar"
        style={percent === null ? undefined : { width: `${String(percent)}%` }}
      />
    </Progress.Root>
  )
}
