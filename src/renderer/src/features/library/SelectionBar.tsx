import { PanelRightOpen, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import './SelectionBar.css'

export interface SelectionBarProps {
  readonly count: number
  readonly onDetails: () => void
  readonly onClear: () => void
  readonly children: ReactNode
}

/** The actions on the selection, shown while its details are closed. */
export function SelectionBar({ count, onDetails, onClear, children }: SelectionBarProps) {
  return (
    <div className="library-selection" role="region" aria-label="Selection">
      <span className="num library-selected">{formatCount(count)} selected</span>
      {children}
      <span className="grow" />
      <IconButton label="Show details" icon={<PanelRightOpen />} onClick={onDetails} />
      <IconButton label="Clear the selection" shortcut="Esc" icon={<X />} onClick={onClear} />
    </div>
  )
}
