import type { ComponentProps, ReactNode } from 'react'
import './Button.css'
import { classNames } from './classNames.ts'

export interface ButtonProps extends ComponentProps<'button'> {
  /**
   * `primary`: the one thing to do here. `danger`: destroys something. `quiet`: without a frame.
   * `link`: words within a sentence. `floating`: lies over what scrolls.
   */
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger' | 'link' | 'floating' | undefined
  /** `small`: between the lines of a table. `field`: as high as the field beside it. */
  readonly size?: 'small' | 'field' | undefined
  /** Quieter than `quiet`, until it is pointed at. */
  readonly faint?: boolean | undefined
  /** Words in a cell of a table: underlined, on as many lines as they need. */
  readonly underlined?: boolean | undefined
  readonly icon?: ReactNode
}

export function Button({
  variant = 'plain',
  size,
  faint = false,
  underlined = false,
  icon,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classNames(
        'pk-button',
        `is-${variant}`,
        size !== undefined && `is-${size}`,
        faint && 'is-faint',
        underlined && 'is-underlined',
        className,
      )}
    >
      {icon}
      {children !== undefined && <span className="pk-button-label">{children}</span>}
    </button>
  )
}
