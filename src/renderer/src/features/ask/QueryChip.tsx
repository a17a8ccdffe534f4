import { Pencil, Search } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { TextInput } from '../../ui/Field.tsx'
import './QueryChip.css'

export interface QueryChipProps {
  /** The query that was searched for instead of the question. */
  readonly query: string
  readonly disabled: boolean
  readonly onChange: (query: string) => void
}

/** Shows how a follow-up was completed for the search; a click edits it and asks again. */
export function QueryChip({ query, disabled, onChange }: QueryChipProps) {
  const [draft, setDraft] = useState<string | null>(null)
  if (draft === null) {
    return (
      <div className="pk-query">
        <Chip
          icon={<Search aria-hidden />}
          hint={<Pencil aria-hidden />}
          disabled={disabled}
          aria-label={`Searched for: ${query}. Edit`}
          onClick={() => setDraft(query)}
        >
          {query}
        </Chip>
      </div>
    )
  }
  return (
    <form
      className="pk-query"
      onSubmit={(event) => {
        event.preventDefault()
        setDraft(null)
        if (draft.trim() !== '' && draft.trim() !== query) onChange(draft.trim())
      }}
    >
      <TextInput
        autoFocus
        aria-label="Search for"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          setDraft(null)
        }}
      />
      <Button type="submit">Search</Button>
    </form>
  )
}
