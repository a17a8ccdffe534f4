import type { ReactNode } from 'react'
import './EmptyState.css'

export interface EmptyStateProps {
  readonly icon?: ReactNode
  readonly title: string
  /** What could be here, and how to add it. */
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="pk-empty">
      {icon !== undefined && <div className="pk-empty-icon">{icon}</div>}
      <div className="pk-empty-title">{title}</div>
      {children !== undefined && <div className="pk-empty-text">{children}</div>}
      {actions !== undefined && <div className="pk-empty-actions">{actions}</div>}
    </div>
  )
}
