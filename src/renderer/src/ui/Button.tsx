import type { ComponentProps, ReactNode } from 'react'
import './Button.css'
import { classNames } from './classNames.ts'

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary`: the one thing to do here. `danger`: destroys something. `quiet`: without a frame. */
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger' | undefined
  readonly icon?: ReactNode
}

export function Button({
  variant = 'plain',
  icon,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button {...rest} type={type} className={classNames('pk-button', `is-${variant}`, className)}>
      {icon}
      {children !== undefined && <span className="pk-button-label">{children}</span>}
    </button>
  )
}
