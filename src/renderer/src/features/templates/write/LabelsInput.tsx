import { X } from 'lucide-react'
import { useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { longest, mostItems } from '../../../../../shared/domain/limits.ts'
import './LabelsInput.css'

export interface LabelsInputProps {
  /** Accessible name of the field: "Labels of sentiment". */
  readonly label: string
  readonly labels: readonly string[]
  readonly onChange: (labels: readonly string[]) => void
}

/** An input for labels: Enter or a comma adds the typed one, Backspace removes the last one. */
export function LabelsInput({ label, labels, onChange }: LabelsInputProps) {
  const [typed, setTyped] = useState('')

  function add(texts: readonly string[]): void {
    const fresh = texts
      .map((text) => text.trim().slice(0, longest.label))
      .filter((text) => text !== '')
    setTyped('')
    if (fresh.length > 0) onChange([...labels, ...fresh].slice(0, mostItems.labels))
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      add([typed])
    } else if (event.key === 'Backspace' && typed === '' && labels.length > 0) {
      event.preventDefault()
      onChange(labels.slice(0, -1))
    }
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>): void {
    const text = event.clipboardData.getData('text')
    const separator = /[\n\t]/u.test(text) ? /[\n\t]/u : /,/u
    if (!separator.test(text)) return
    event.preventDefault()
    add([...text.split(separator)])
  }

  return (
    <div className="tpl-labels pk-input">
      {labels.map((one, index) => (
        // Duplicate labels are possible while editing, and reported.
        <span key={`${one} ${String(index)}`} className="tpl-label">
          <span className="cut">{one}</span>
          <button
            type="button"
            aria-label={`Remove ${one}`}
            onClick={() => onChange(labels.filter((_, at) => at !== index))}
          >
            <X />
          </button>
        </span>
      ))}
      <input
        aria-label={label}
        placeholder={labels.length === 0 ? 'Add labels, with commas between them' : 'Add…'}
        maxLength={longest.label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => add([typed])}
      />
    </div>
  )
}
