import type { ReactNode } from 'react'
import './Place.css'

/** A place of the window: its header, and under it what fills the rest. */
export function Place({
  title,
  detail,
  actions,
  children,
}: {
  readonly title: string
  /** Quiet words before the actions: counts, states. */
  readonly detail?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className="pk-place">
      <header className="pk-place-header">
        <h1 className="pk-place-title cut" tabIndex={-1}>
          {title}
        </h1>
        <span className="grow" />
        {detail !== undefined && <span className="pk-place-detail cut">{detail}</span>}
        {actions}
      </header>
      <div className="pk-place-body">{children}</div>
    </div>
  )
}
