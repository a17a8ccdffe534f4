import type { ComponentProps, ReactNode } from 'react'
import './Chip.css'
import { classNames } from './classNames.ts'

export interface ChipProps extends ComponentProps<'button'> {
  readonly icon?: ReactNode
  /** A small icon after the words that shows what a click does. */
  readonly hint?: ReactNode
}

/** A small round button that shows a choice and opens it. */
export function Chip({ icon, hint, className, children, type = 'button', ...rest }: ChipProps) {
  return (
    <button {...rest} type={type} className={classNames('pk-chip', className)}>
      {icon}
      <span className={classNames('cut', hint !== undefined && 'pk-chip-hinted')}>
        {children}
        {hint}
      </span>
    </button>
  )
}

export type TagTone = 'good' | 'warn' | 'bad' | 'info' | 'plain'

/** A small label for a state. */
export function Tag({
  tone = 'plain',
  icon,
  children,
}: {
  readonly tone?: TagTone | undefined
  readonly icon?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <span className={classNames('pk-tag', `is-${tone}`)}>
      {icon}
      {children}
    </span>
  )
}
