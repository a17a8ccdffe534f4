import { useState } from 'react'
import { Field, TextInput } from '../../ui/Field.tsx'

export interface AddressInputProps {
  readonly label: string
  readonly hint: string
  readonly placeholder: string
  /** null: none. */
  readonly value: string | null
  readonly onCommit: (value: string | null) => void
}

/** A field for the optional address of a server; committed on blur or Enter. */
export function AddressInput({ label, hint, placeholder, value, onCommit }: AddressInputProps) {
  const [draft, setDraft] = useState(value ?? '')
  const [problem, setProblem] = useState<string>()

  function commit(): void {
    const text = draft.trim()
    if (text === '') {
      setProblem(undefined)
      if (value !== null) onCommit(null)
      return
    }
    if (!URL.canParse(text) || !/^https?:$/u.test(new URL(text).protocol)) {
      setProblem('Give an address that begins with http:// or https://, or leave this empty.')
      return
    }
    setProblem(undefined)
    if (text !== value) onCommit(text)
  }

  return (
    <Field label={label} hint={hint} error={problem}>
      {(control) => (
        <TextInput
          {...control}
          className="mono"
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
          }}
        />
      )}
    </Field>
  )
}
