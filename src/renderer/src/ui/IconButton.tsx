import type { ComponentProps, ReactNode } from 'react'
import './Button.css'
import { classNames } from './classNames.ts'
import { Tooltip } from './Tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does: its accessible name and its tooltip. */
  readonly label: string
  readonly icon: ReactNode
  readonly shortcut?: string | undefined
  readonly variant?: 'plain' | 'primary' | undefined
  /** Less visible until hovered. */
  readonly faint?: boolean | undefined
}

export function IconButton({
  label,
  icon,
  shortcut,
  variant = 'plain',
  faint = false,
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        {...rest}
        type={type}
        aria-label={label}
        className={classNames(
          'pk-icon-button',
          variant === 'primary' && 'is-primary',
          faint && 'is-faint',
          className,
        )}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
