import { useState } from 'react'
import { Field, TextInput } from '../../../ui/Field.tsx'

export interface OptionalInputProps {
  readonly label: string
  readonly hint: string
  /** As it is typed; empty: nothing. */
  readonly value: string
  readonly maxLength?: number
  /** What is wrong with a typed text; undefined if nothing is. */
  readonly problem?: (typed: string) => string | undefined
  /** Only ever called with a text without a problem. */
  readonly onCommit: (typed: string) => void
}

/** A setting that may be left empty. Commits on Enter and on blur. */
export function OptionalInput(props: OptionalInputProps) {
  const { label, hint, value, maxLength, problem = () => undefined, onCommit } = props
  const [draft, setDraft] = useState<string | null>(null)
  const wrong = draft === null ? undefined : problem(draft)

  function commit(): void {
    if (draft === null || wrong !== undefined) return
    setDraft(null)
    if (draft !== value) onCommit(draft)
  }

  return (
    <Field inline label={label} hint={hint} error={wrong}>
      {(control) => (
        <TextInput
          {...control}
          value={draft ?? value}
          maxLength={maxLength}
          placeholder="As usual"
          onChange={({ target }) => setDraft(target.value)}
          onBlur={commit}
          onKeyDown={({ key }) => {
            if (key === 'Enter') commit()
          }}
        />
      )}
    </Field>
  )
}
