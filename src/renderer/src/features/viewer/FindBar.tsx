import { ChevronDown, ChevronUp, X } from 'lucide-react'
import type { RefObject } from 'react'
import { formatCount } from '../../ui/format.ts'
import { longest } from '../../../../shared/domain/limits.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SearchInput } from '../../ui/Field.tsx'
import type { Find } from './useFind.ts'
import './FindBar.css'

/** The contract's limit of hits. */
const mostHits = 1_000

export interface FindBarProps {
  readonly find: Find
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly onClose: () => void
}

/**
 * Search inside the document: Enter moves to the next hit, Shift+Enter to the previous one, Escape
 * closes.
 */
export function FindBar({ find, inputRef, onClose }: FindBarProps) {
  return (
    <div
      className="viewer-find"
      role="search"
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault()
          event.stopPropagation()
          onClose()
        } else if (event.key === 'Enter' && event.target === inputRef.current) {
          event.preventDefault()
          find.step(event.shiftKey ? -1 : 1)
        }
      }}
    >
      <SearchInput
        ref={inputRef}
        className="grow"
        label="Find in this document"
        value={find.text}
        maxLength={longest.searchText}
        autoFocus
        onChange={(text) => find.setText(text)}
      />
      <span className="viewer-count faint num" role="status">
        {outcome(find)}
      </span>
      <IconButton
        label="Previous match"
        shortcut="Shift+Enter"
        icon={<ChevronUp />}
        disabled={find.hits.length === 0}
        onClick={() => find.step(-1)}
      />
      <IconButton
        label="Next match"
        shortcut="Enter"
        icon={<ChevronDown />}
        disabled={find.hits.length === 0}
        onClick={() => find.step(1)}
      />
      <IconButton label="Close search" shortcut="Esc" icon={<X />} onClick={onClose} />
    </div>
  )
}

function outcome({ status, hits, at }: Find): string {
  switch (status) {
    case 'idle':
      return ''
    case 'searching':
      return 'Searching'
    case 'failed':
      return 'Could not search'
    case 'done': {
      if (hits.length === 0) return 'No match'
      const total = `${formatCount(hits.length)}${hits.length >= mostHits ? '+' : ''}`
      return `${formatCount(at + 1)} of ${total}`
    }
  }
}
