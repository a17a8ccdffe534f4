import { useState } from 'react'
import { longest } from '../../../../../shared/domain/limits.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field, TextInput } from '../../../ui/Field.tsx'

export interface NameVersionProps {
  readonly version: number
  readonly name: string
  /** null removes the name. */
  readonly onName: (name: string | null) => void
  readonly onClose: () => void
}

/** Asks for the name of a version. */
export function NameVersion({ version, name, onName, onClose }: NameVersionProps) {
  const [typed, setTyped] = useState(name)
  function submit(): void {
    onName(typed.trim() === '' ? null : typed.trim())
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Name version ${String(version)}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={submit}>
            Name it
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Field label="Name" hint="Empty takes the name away.">
          {(control) => (
            <TextInput
              {...control}
              autoFocus
              maxLength={longest.name}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
