import type { ComponentProps, ReactNode } from 'react'
import './Button.css'
import { classNames } from './classNames.ts'

export interface ButtonProps extends ComponentProps<'button'> {
  /**
   * `primary`: the main action. `danger`: destructive. `quiet`: without a frame. `link`: within a
   * sentence. `floating`: over scrolling content.
   */
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger' | 'link' | 'floating' | undefined
  /** `small`: in the rows of a table. `field`: as high as the field beside it. */
  readonly size?: 'small' | 'field' | undefined
  /** Less visible than `quiet` until hovered. */
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
