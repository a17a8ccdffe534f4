import type { ReactNode } from 'react'
import './Place.css'
import { VisuallyHidden } from './VisuallyHidden.tsx'

/** A place of the window: its header, and below it the content. */
export function Place({
  title,
  heading,
  detail,
  actions,
  children,
}: {
  readonly title: string
  /** Replaces the visible title; the title is for screen readers only then. */
  readonly heading?: ReactNode
  /** Secondary text before the actions: counts, states. */
  readonly detail?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className="pk-place">
      <header className="pk-place-header">
        {heading === undefined ? (
          <>
            <h1 className="pk-place-title cut" tabIndex={-1}>
              {title}
            </h1>
            <span className="grow" />
          </>
        ) : (
          <>
            <VisuallyHidden>
              <h1>{title}</h1>
            </VisuallyHidden>
            {heading}
          </>
        )}
        {detail !== undefined && <span className="pk-place-detail cut">{detail}</span>}
        {actions}
      </header>
      <div className="pk-place-body">{children}</div>
    </div>
  )
}
